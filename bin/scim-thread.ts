import { parentPort, workerData } from 'node:worker_threads';
import { runThread, type ThreadOptions } from '../local/thread';

/** Runs the endpoint in a thread of another program, such as a test. */
function main(): void {
  if (!parentPort) throw new Error('This runs in a thread: use startLocal of serverless-scim/testing.');
  const fail = (error: unknown) => {
    // What a thread throws reaches the program that started it.
    setImmediate(() => {
      throw error;
    });
  };
  runThread(parentPort, workerData as ThreadOptions).catch(fail);
}

main();
