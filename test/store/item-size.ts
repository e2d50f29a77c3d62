/**
 * The size of an item in bytes by DynamoDB's documented rules ("DynamoDB item sizes and formats"): names and strings in
 * UTF-8; a number is a byte per two significant digits and one more; true, false and null are one byte; a list or a map
 * is three bytes, and each of its elements takes one more byte than on its own.
 */
export function itemSize(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + bytes(name) + valueSize(value), 0);
}

function valueSize(value: unknown): number {
  if (typeof value === 'string') return bytes(value);
  if (typeof value === 'number') return numberSize(value);
  if (value === null || typeof value === 'boolean') return 1;
  if (Array.isArray(value)) return value.reduce((sum: number, element) => sum + 1 + valueSize(element), 3);
  if (typeof value === 'object') return 3 + Object.keys(value).length + itemSize({ ...value });
  throw new Error(`An item has no value such as ${String(value)}.`);
}

function numberSize(value: number): number {
  const digits = String(Math.abs(value))
    .replace('.', '')
    .replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1;
}

function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
