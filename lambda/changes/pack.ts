/**
 * Splits a list into parts with a maximum of bytes and items, each as long as possible. A larger item is a part by
 * itself.
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
