import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Tables } from '../../lambda/store/tables';

/**
 * What can go wrong with a call. `conflict`: another transaction has an item; `throttling`: refused for its rate;
 * `timeout`: it never arrived; `lost answer`: it was carried out, but the response was lost; `repeated`: the same, and
 * the SDK sent it again; `crash`: the function ended before it, and makes no further call; `crash after`: the same,
 * after it was carried out.
 */
export type Fault = 'conflict' | 'throttling' | 'timeout' | 'lost answer' | 'repeated' | 'crash' | 'crash after';

export const faults: readonly Fault[] = [
  'conflict',
  'throttling',
  'timeout',
  'lost answer',
  'repeated',
  'crash',
  'crash after',
];

export interface FaultyTables {
  readonly tables: Tables;
  /** Whether the fault happened. */
  happened(): boolean;
}

type Send = (command: unknown) => Promise<unknown>;

/** One of the calls through some tables: by its number, from 1, or the first that matches. */
export type Which = number | ((command: unknown) => boolean);

/** Wraps tables so that a fault happens at one call. */
export function faulty(tables: Tables, fault: Fault, which: Which): FaultyTables {
  const call = watch(which);
  const wrapped = intercept(tables, async (command, forward) => {
    const isNow = call.isNow(command);
    if (!isNow && !(call.happened() && fault.startsWith('crash'))) return forward(command);
    if (fault === 'conflict') throw conflict(command);
    if (fault === 'throttling') throw named('ThrottlingException');
    if (isNow && fault !== 'timeout' && fault !== 'crash') await forward(command);
    if (fault === 'repeated') return forward(command);
    throw named('TimeoutError');
  });
  return { tables: wrapped, happened: call.happened };
}

/** Wraps tables so that every transaction conflicts with another one. */
export function alwaysInConflict(tables: Tables): Tables {
  return intercept(tables, async (command, forward) => {
    if (command instanceof TransactWriteCommand) throw conflict(command);
    return forward(command);
  });
}

/** Wraps tables so that `meanwhile` runs to its end before one call. */
export function interrupted(tables: Tables, which: Which, meanwhile: () => Promise<void>): FaultyTables {
  const call = watch(which);
  const wrapped = intercept(tables, async (command, forward) => {
    if (call.isNow(command)) await meanwhile();
    return forward(command);
  });
  return { tables: wrapped, happened: call.happened };
}

/** Notices one call among all. Call `isNow` once for each. */
function watch(which: Which): { isNow(command: unknown): boolean; happened(): boolean } {
  let calls = 0;
  let happened = false;
  return {
    isNow(command) {
      calls += 1;
      const isNow = !happened && (typeof which === 'number' ? calls === which : which(command));
      happened ||= isNow;
      return isNow;
    },
    happened: () => happened,
  };
}

function intercept(tables: Tables, handle: (command: unknown, forward: Send) => Promise<unknown>): Tables {
  const forward = tables.client.send.bind(tables.client) as Send;
  const send: Send = (command) => handle(command, forward);
  return { ...tables, client: { send: send as Tables['client']['send'] } };
}

const mark = 'Injected: ';

/** Whether an error was thrown here, and not by the code under test. */
export function isInjected(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(mark);
}

function named(name: string): Error {
  return Object.assign(new Error(mark + name), { name });
}

function conflict(command: unknown): Error {
  if (!(command instanceof TransactWriteCommand)) return named('TransactionConflictException');
  const actions = command.input.TransactItems ?? [];
  return new TransactionCanceledException({
    message: `${mark}TransactionConflict`,
    $metadata: {},
    CancellationReasons: actions.map((_, index) => ({ Code: index === 0 ? 'TransactionConflict' : 'None' })),
  });
}
