import { Worker } from 'node:worker_threads';
import type { DeploymentFacts } from '../../operator/connection/facts';
import { RefusedError } from '../errors';
import type { LocalEvent } from './event';

/** What the thread says when it is ready. */
export interface Started {
  readonly tenant: { readonly tenantId: string; readonly baseUrl: string; readonly token: string };
  readonly facts: DeploymentFacts;
}

/** What the thread says; `local/thread.ts` of the repository sends it. */
type ThreadMessage =
  | (Started & { readonly kind: 'started' })
  | { readonly kind: 'event'; readonly event: LocalEvent }
  | { readonly kind: 'settled' };

/** A thread that runs the endpoint. */
export interface EndpointThread {
  readonly started: Started;
  /** Resolves when the thread has sent the events of every change so far. @throws RefusedError if the thread has ended */
  settle(): Promise<void>;
  /** Ends the thread. Does nothing if it has ended. */
  stop(): Promise<void>;
}

/** A call of `settle` that waits. */
interface Settlement {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts the thread. Only a call under way keeps the process alive.
 * @param file the module that the thread runs
 * @param options what it is started with
 * @throws RefusedError with the cause, if the thread ends before it is ready
 */
export async function startThread(
  file: string,
  options: object,
  onEvent: (event: LocalEvent) => void,
): Promise<EndpointThread> {
  const thread = new Worker(file, { workerData: options, execArgv: [] });
  const settlements: Settlement[] = [];
  let isReady = false;
  let isStopping = false;
  let failure: Error | undefined;
  let ending: RefusedError | undefined;

  const endingOf = (code: number) => {
    if (isStopping) {
      return new RefusedError('The local endpoint was stopped: call settled() before stop(), or start another one.');
    }
    const { message = `its thread ended with exit code ${code}` } = failure ?? {};
    return new RefusedError(`The local endpoint ${isReady ? 'ended by itself' : 'cannot start'}: ${message}`, {
      cause: failure,
    });
  };
  thread.once('error', (error) => {
    failure = error;
  });
  const ended = new Promise<void>((resolve) => {
    thread.once('exit', (code) => {
      ending = endingOf(code);
      for (const { reject } of settlements.splice(0)) reject(ending);
      // A program that only sends requests sees nothing but refused connections.
      if (isReady && !isStopping) process.emitWarning(ending.message);
      resolve();
    });
  });
  const started = await new Promise<Started>((resolve, reject) => {
    thread.on('message', (message: ThreadMessage) => {
      if (message.kind === 'started') resolve(message);
      else if (message.kind === 'event') onEvent(message.event);
      else settlements.shift()?.resolve();
    });
    ended.then(() => reject(ending));
  });
  isReady = true;
  thread.unref();
  return {
    started,
    async settle() {
      if (ending) throw ending;
      thread.ref();
      await new Promise<void>((resolve, reject) => {
        settlements.push({ resolve, reject });
        thread.postMessage('settle');
      });
      if (settlements.length === 0) thread.unref();
    },
    async stop() {
      isStopping = true;
      thread.ref();
      await thread.terminate();
      await ended;
    },
  };
}
