import { remedyOf } from '../lambda/activity/remedy';
import type { ActivityRow } from '../lambda/activity/row';
import { toSentence } from '../operator/activity/sentence';
import type { ServedRequest } from './gateway/gateway';
import { asPrinted, bodyAsPrinted } from './printed';

/** Prints what happens: a sentence for each row of activity, and a line for each request that has none. */
export interface Narrator {
  row(row: ActivityRow): void;
  request(served: ServedRequest): void;
  /** Prints what waits for a row. */
  close(): void;
}

/** How long a change may take to become a row, in milliseconds: it comes through the stream. */
const patience = 1_000;

/** How many requests are remembered whose row came before the response. */
const remembered = 1_000;

/**
 * Makes a narrator. The row of a change comes after the response, so the line of the request waits for it; that of a
 * failure comes before.
 * @param verbose whether to print the line and the bodies of each request as well
 */
export function createNarrator(log: (line: string) => void, verbose: boolean): Narrator {
  const told = new Set<string>();
  const waiting = new Map<string, { readonly line: string; readonly timer: NodeJS.Timeout }>();

  const stopWaiting = (id: string) => {
    clearTimeout(waiting.get(id)?.timer);
    waiting.delete(id);
  };

  return {
    row(row) {
      if (row.ofMember || row.kind === 'bodies') return;
      const { request = '' } = row;
      if (waiting.has(request)) stopWaiting(request);
      else told.add(request);
      if (told.size > remembered) told.clear();
      for (const line of rowLines(row)) log(line);
    },
    request({ id, method, status, line, sent, answered }) {
      if (verbose) {
        for (const text of [line, ...bodyLine('>', sent), ...bodyLine('<', answered)]) log(text);
        return;
      }
      if (told.delete(id)) return;
      if (status >= 400 || ['GET', 'HEAD', 'OPTIONS'].includes(method)) {
        log(line);
        return;
      }
      const timer = setTimeout(() => {
        stopWaiting(id);
        log(line);
      }, patience).unref();
      waiting.set(id, { line, timer });
    },
    close() {
      for (const [id, { line }] of waiting) {
        stopWaiting(id);
        log(line);
      }
    },
  };
}

function rowLines(row: ActivityRow): readonly string[] {
  const { time, status = 'ok', remedy } = row;
  const sentence = `${time.slice(11, 19)} ${String(status).padEnd(3)}  ${asPrinted(toSentence(row))}`;
  if (!remedy) return [sentence];
  const { do: todo, docs } = remedyOf(remedy);
  return [sentence, `              To do: ${todo} ${docs}`];
}

const bodyLine = (mark: string, body: string) => (body === '' ? [] : [`         ${mark} ${bodyAsPrinted(body)}`]);
