/**
 * Cuts a list into stretches of at most so many bytes and items, each as long as it may be. An item that is larger by
 * itself is a stretch of its own.
 */
export function pack<Item>(
  items: readonly Item[],
  bytesOf: (item: Item) => number,
  maxBytes: number,
  maxItems = Number.POSITIVE_INFINITY,
): readonly (readonly Item[])[] {
  const stretches: Item[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const more = bytesOf(item);
    if (bytes + more > maxBytes || stretches.at(-1)?.length === maxItems) {
      stretches.push([]);
      bytes = 0;
    }
    stretches.at(-1)?.push(item);
    bytes += more;
  }
  return stretches;
}
