import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Tables } from '../../lambda/store/tables';

/**
 * What can go wrong with a call. `conflict`: another transaction has an item; `throttling`: refused for its rate;
 * `timeout`: it never arrived; `lost answer`: it was carried out, and nobody heard; `crash`: the function ended before
 * it, and makes no call any more; `crash after`: the same, after it was carried out.
 */
export type Fault = 'conflict' | 'throttling' | 'timeout' | 'lost answer' | 'crash' | 'crash after';

export interface FaultyTables {
  readonly tables: Tables;
  /** Whether the fault came about. */
  happened(): boolean;
}

type Send = (command: unknown) => Promise<unknown>;

/** Wraps tables so that a fault happens at one call of all that are made through them, counted from 1. */
export function faulty(tables: Tables, fault: Fault, at: number): FaultyTables {
  const forward = tables.client.send.bind(tables.client) as Send;
  let calls = 0;
  const send: Send = async (command) => {
    const call = ++calls;
    if (call < at || (call > at && !fault.startsWith('crash'))) return forward(command);
    if (fault === 'conflict') throw conflict(command);
    if (fault === 'throttling') throw named('ThrottlingException');
    if (call === at && (fault === 'lost answer' || fault === 'crash after')) await forward(command);
    throw named('TimeoutError');
  };
  return { tables: { ...tables, client: { send: send as Tables['client']['send'] } }, happened: () => calls >= at };
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
