import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Tables } from '../../lambda/store/tables';

/**
 * What can go wrong with a call. `conflict`: another transaction has an item; `throttling`: refused for its rate;
 * `timeout`: it never arrived; `lost answer`: it was carried out, and nobody heard; `repeated`: the same, and the SDK
 * sent it again; `crash`: the function ended before it, and makes no call any more; `crash after`: the same, after it
 * was carried out.
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
  /** Whether the fault came about. */
  happened(): boolean;
}

type Send = (command: unknown) => Promise<unknown>;

/** Wraps tables so that a fault happens at one call of all that are made through them, counted from 1. */
export function faulty(tables: Tables, fault: Fault, at: number): FaultyTables {
  let calls = 0;
  const wrapped = intercept(tables, async (command, forward) => {
    const call = ++calls;
    if (call < at || (call > at && !fault.startsWith('crash'))) return forward(command);
    if (fault === 'conflict') throw conflict(command);
    if (fault === 'throttling') throw named('ThrottlingException');
    if (call === at && fault !== 'timeout' && fault !== 'crash') await forward(command);
    if (fault === 'repeated') return forward(command);
    throw named('TimeoutError');
  });
  return { tables: wrapped, happened: () => calls >= at };
}

/** Wraps tables so that every transaction meets another one that holds an item of it. */
export function alwaysInConflict(tables: Tables): Tables {
  return intercept(tables, async (command, forward) => {
    if (command instanceof TransactWriteCommand) throw conflict(command);
    return forward(command);
  });
}

/** Wraps tables so that `meanwhile` runs to its end before one call of all, counted from 1. */
export function interrupted(tables: Tables, at: number, meanwhile: () => Promise<void>): FaultyTables {
  let calls = 0;
  const wrapped = intercept(tables, async (command, forward) => {
    if (++calls === at) await meanwhile();
    return forward(command);
  });
  return { tables: wrapped, happened: () => calls >= at };
}

function intercept(tables: Tables, handle: (command: unknown, forward: Send) => Promise<unknown>): Tables {
  const forward = tables.client.send.bind(tables.client) as Send;
  const send: Send = (command) => handle(command, forward);
  return { ...tables, client: { send: send as Tables['client']['send'] } };
}

function named(name: string): Error {
  return Object.assign(new Error(`Injected: ${name}`), { name });
}

function conflict(command: unknown): Error {
  if (!(command instanceof TransactWriteCommand)) return named('TransactionConflictException');
  const actions = command.input.TransactItems ?? [];
  return new TransactionCanceledException({
    message: 'Injected: TransactionConflict',
    $metadata: {},
    CancellationReasons: actions.map((_, index) => ({ Code: index === 0 ? 'TransactionConflict' : 'None' })),
  });
}
