import type { NumberedLine } from './import-lines';

/** How many lines are written at a time. */
const batchSize = 100;

/** What a line of an export is about; `broken` is no JSON object. */
type LineKind = 'user' | 'group' | 'membership' | 'tombstone' | 'deleted' | 'roles' | 'end' | 'unknown' | 'broken';

/** Consecutive lines of one kind: later kinds depend on earlier ones. */
export interface Batch {
  readonly kind: LineKind;
  readonly lines: readonly NumberedLine[];
}

/** Puts lines of one kind that follow each other into batches, in their order. */
export async function* batches(lines: AsyncIterable<NumberedLine>): AsyncIterable<Batch> {
  let kind: LineKind = 'unknown';
  let waiting: NumberedLine[] = [];
  for await (const line of lines) {
    const next = kindOf(line);
    if (waiting.length > 0 && (next !== kind || waiting.length === batchSize)) {
      yield { kind, lines: waiting };
      waiting = [];
    }
    kind = next;
    waiting.push(line);
  }
  if (waiting.length > 0) yield { kind, lines: waiting };
}

function kindOf({ value }: NumberedLine): LineKind {
  if (!value) return 'broken';
  const kinds: readonly LineKind[] = ['user', 'group', 'membership', 'tombstone', 'deleted', 'roles', 'end'];
  return kinds.find((kind) => Object.hasOwn(value, kind)) ?? 'unknown';
}
