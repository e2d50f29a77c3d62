import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../lambda/scim/json';
import { linesOf } from './lines';

/** A value with the key that it is sorted by, and its rank among the values of the same key. */
export interface Sorted<Value> {
  readonly key: string;
  readonly rank: number;
  readonly value: Value;
}

/** How many characters are held in memory before they are sorted and written to a file. */
const defaultRoom = 8_000_000;

/** Separates key, rank and value in a line. JSON escapes it, so none of them holds it. */
const separator = '\t';

/**
 * Sorts any number of values in bounded memory: it keeps sorted runs in temporary files, and merges them. The files have
 * no names while they are open, so that nothing is left of them when the program ends. The result is read once.
 */
export class Sorter<Value extends Json> {
  private lines: string[] = [];
  private held = 0;
  private readonly runs: FileHandle[] = [];

  constructor(private readonly room = defaultRoom) {}

  /** How many runs were written to files. */
  get runCount(): number {
    return this.runs.length;
  }

  /** How many characters are in memory. */
  get heldCharacters(): number {
    return this.held;
  }

  async add({ key, rank, value }: Sorted<Value>): Promise<void> {
    const line = `${JSON.stringify(key)}${separator}${rank}${separator}${JSON.stringify(value)}`;
    if (this.lines.length > 0 && this.held + line.length > this.room) await this.writeRun();
    this.lines.push(line);
    this.held += line.length;
  }

  /** All values in the order of their keys and ranks. */
  async *sorted(): AsyncIterable<Sorted<Value>> {
    const rest = this.takeLines();
    const sources = [...this.runs.map(readRun), fromArray(rest)];
    for await (const line of merge(sources)) yield parse<Value>(line);
  }

  /** The values of each key, in their order. */
  async *grouped(): AsyncIterable<readonly Sorted<Value>[]> {
    let group: Sorted<Value>[] = [];
    for await (const next of this.sorted()) {
      if (group.length > 0 && group[0]?.key !== next.key) {
        yield group;
        group = [];
      }
      group.push(next);
    }
    if (group.length > 0) yield group;
  }

  async close(): Promise<void> {
    await Promise.all(this.runs.splice(0).map((file) => file.close()));
  }

  private takeLines(): readonly string[] {
    const taken = this.lines.sort(byText);
    this.lines = [];
    this.held = 0;
    return taken;
  }

  private async writeRun(): Promise<void> {
    const path = join(tmpdir(), `scim-admin-${randomUUID()}`);
    const file = await open(path, 'wx+', 0o600);
    this.runs.push(file);
    await rm(path);
    let part = '';
    for (const line of this.takeLines()) {
      part += `${line}\n`;
      if (part.length < 65_536) continue;
      await file.write(part);
      part = '';
    }
    await file.write(part);
  }
}

async function* readRun(file: FileHandle): AsyncGenerator<string> {
  for await (const { text } of linesOf(file.createReadStream({ start: 0, autoClose: false }))) yield text;
}

async function* fromArray(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

async function* merge(sources: readonly AsyncGenerator<string>[]): AsyncIterable<string> {
  const heads: { source: AsyncGenerator<string>; line: string }[] = [];
  const advance = async (source: AsyncGenerator<string>) => {
    const { done, value } = await source.next();
    if (!done) heads.push({ source, line: value });
  };
  for (const source of sources) await advance(source);
  while (heads.length > 0) {
    const first = heads.reduce(
      (least, head, index) => (byText(head.line, heads[least]?.line ?? '') < 0 ? index : least),
      0,
    );
    const [head] = heads.splice(first, 1);
    if (!head) return;
    yield head.line;
    await advance(head.source);
  }
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function parse<Value>(line: string): Sorted<Value> {
  const [key = '', rank = '', value = ''] = line.split(separator);
  return { key: JSON.parse(key) as string, rank: Number(rank), value: JSON.parse(value) as Value };
}
