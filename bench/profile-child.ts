import { Session } from 'node:inspector/promises';
import { byPart, type Part } from './profile-modules';

/** What a measured process is asked for: to send requests, to profile what comes, or what it has spent so far. */
export type Question =
  | { readonly send: string; readonly from: number; readonly count: number }
  | { readonly profile: 'start' | 'stop' }
  | { readonly cpu: true };

/** Milliseconds of CPU so far, of all threads; after a profile, those of the main thread by part. */
export interface Spent {
  readonly cpu: number;
  readonly parts?: readonly (readonly [Part, number])[];
}

type Send = (name: string, at: number) => Promise<void>;

/** Tells the parent `address`, then answers its questions, when all is `settled` that was asked for before. */
export function answerMessages(address: object, send: Send = async () => {}, settled = async () => {}): void {
  const session = new Session();
  session.connect();
  const profile = async (step: 'start' | 'stop') => {
    if (step === 'stop') return [...byPart((await session.post('Profiler.stop')).profile)];
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
    return undefined;
  };
  const answer = async (question: Question): Promise<Spent> => {
    if ('send' in question) {
      const { send: name, from, count } = question;
      for (let at = from; at < from + count; at += 1) await send(name, at);
    }
    await settled();
    const parts = 'profile' in question ? await profile(question.profile) : undefined;
    const { user, system } = process.cpuUsage();
    return { cpu: (user + system) / 1000, ...(parts && { parts }) };
  };
  process.on('message', (question: Question) => {
    answer(question).then(
      (spent) => process.send?.(spent),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.send?.(address);
}
