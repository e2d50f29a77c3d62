import { printable } from '../output';
import type { Check, Exchange } from './check';

/** How much of a path is shown in a line. */
const shownPath = 70;

const marks = { ok: 'ok      ', note: 'note    ', failed: 'FAILED  ', 'not done': '-       ' };

/** One line about a check, and below it, where it did not hold, all there is to know. */
export function describeCheck(check: Check): string {
  const { title, name, verdict, found, matters, cure, exchange } = check;
  const line = `${marks[verdict]}${title}: ${name}${exchange ? `  (${summary(exchange)})` : ''}`;
  if (verdict === 'ok') return line;
  if (verdict === 'not done') return exchange ? line : `${line}  (needs what an earlier check did not get)`;
  return [
    line,
    ...found.map((what) => detail('found', what)),
    ...(exchange ? exchangeLines(exchange) : []),
    detail('matters', matters),
    detail('do', cure),
  ].join('\n');
}

function summary({ method, path, status, milliseconds }: Exchange): string {
  const sent = `${method} ${printable(decoded(path).slice(0, shownPath))}`;
  return status === undefined ? `${sent}: no answer` : `${sent}: ${status}, ${milliseconds} ms`;
}

/** A path as people read it; as it is where it cannot be decoded. */
function decoded(path: string): string {
  return /%(?![0-7][0-9a-f])/i.test(path) ? path : decodeURIComponent(path);
}

function exchangeLines({ method, url, body, status, answer }: Exchange): readonly string[] {
  return [
    detail('sent', `${method} ${url}`),
    ...(body === undefined ? [] : [detail('', body)]),
    ...(status === undefined ? [] : [detail('came back', `${status} ${answer ?? '(no body)'}`)]),
  ];
}

function detail(name: string, text: string): string {
  return `          ${name.padEnd(10)}${printable(text)}`;
}
