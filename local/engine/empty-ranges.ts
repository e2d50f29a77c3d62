/** From this key on, and before that one. */
export interface Bounds {
  readonly gte?: string;
  readonly lt?: string;
}

/** Remembers which partitions have no items: most requests ask for the marks of deletions, and there are none. */
export interface EmptyRanges {
  has(range: Bounds): boolean;
  /** To be called before a range is read. What it returns is to be called when nothing was found. */
  reading(range: Bounds): () => void;
  /** To be called before these are written. What it returns is to be called when they are, or have failed. */
  writing(writes: readonly { readonly key: string }[]): () => void;
}

/** How many are remembered. */
const most = 10_000;

/** Makes the memory of a database. It remembers whole partitions only: those whose keys go on after a slash. */
export function createEmptyRanges(): EmptyRanges {
  const known = new Set<string>();
  let started = 0;
  let open = 0;
  return {
    has: (range) => known.has(partitionOf(range)),
    reading(range) {
      const before = open === 0 ? started : undefined;
      return () => {
        // What was written meanwhile may not have been seen.
        if (before !== started || partitionOf(range) === '') return;
        if (known.size >= most) known.clear();
        known.add(partitionOf(range));
      };
    },
    writing(writes) {
      started += 1;
      open += 1;
      if (known.size > 0) for (const { key } of writes) for (const part of beginnings(key)) known.delete(part);
      return () => {
        open -= 1;
      };
    },
  };
}

/** The beginning of all keys of a range, if all keys with that beginning are in it: nothing comes after a tilde. */
const partitionOf = ({ gte = '', lt }: Bounds): string => (gte.endsWith('/') && lt === `${gte}~` ? gte : '');

/** The beginnings of a key that end with a slash. */
function beginnings(key: string): readonly string[] {
  const found: string[] = [];
  for (let at = key.indexOf('/'); at >= 0; at = key.indexOf('/', at + 1)) found.push(key.slice(0, at + 1));
  return found;
}
