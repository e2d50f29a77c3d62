import stringWidth from 'string-width';
import { printable, toJson } from '../operator/printable';
import type { Terminal } from './terminal';

/** The result of a command. */
export interface CommandOutput {
  /** For `--json`. */
  readonly data: unknown;
  /** For people. */
  readonly text: string;
  /** What else to say, on standard error. */
  readonly notes?: readonly string[];
  readonly failed?: boolean;
  /** Whether a comparison found differences. */
  readonly differs?: boolean;
  /** Whether the output is JSON lines: then `data` is one line, the last. */
  readonly lines?: boolean;
}

/** Shows what a command found out, for people or as JSON. */
export function show(terminal: Terminal, { data, text, notes = [], lines }: CommandOutput, json: boolean): void {
  terminal.stdout.write(`${json ? toJson(data, lines ? 0 : 2) : text}\n`);
  for (const note of notes) terminal.stderr.write(`${note}\n`);
}

/** Formats rows as columns under a head. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => stringWidth(line[column] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Formats names and values, one pair per line. */
export function facts(entries: readonly (readonly [string, string])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}`).join('\n');
}

/** Fills a cell up to a width; a wide character, such as a Chinese one, takes two columns of a terminal. */
function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - stringWidth(cell)));
}
