import { printable } from '../operator/printable';
import type { Check, Exchange } from './verdict';

/** Maximum number of characters of a path that are shown in a line. */
const shownPath = 70;

const marks = { ok: 'ok      ', note: 'note    ', failed: 'FAILED  ', 'not done': '-       ' };

/** Describes a check in one line, and a failed check with all its details below. */
export function describeCheck(check: Check): string {
  const { title, name, verdict, found, matters, cure, exchange } = check;
  const line = `${marks[verdict]}${title}: ${name}${exchange ? `  (${summary(exchange)})` : ''}`;
  if (verdict === 'ok') return line;
  if (verdict === 'not done') return exchange ? line : `${line}  (depends on an earlier check that failed)`;
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

/** Decodes a path for people, or returns it unchanged if it cannot be decoded. */
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
