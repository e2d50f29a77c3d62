/** Characters of full and half width, and what NFKC would take too far: half-width jamo, and the full-width macron. */
const wide = /[\u3000\uff01-\uffee]/g;
const [firstLatin, lastLatin] = [0xff01, 0xff5e];
const keptCompatible = hangul();

/** A text with full-width and half-width characters as ordinary ones (RFC 8265 §3.3.2, UAX #11). */
export function mapWidth(text: string): string {
  return text.replace(wide, ordinary);
}

function ordinary(character: string): string {
  const code = character.charCodeAt(0);
  if (code <= lastLatin && code >= firstLatin) return String.fromCharCode(code - (firstLatin - 0x21));
  return keptCompatible.get(character) ?? character.normalize('NFKC');
}

/** Half-width jamo are laid out as U+3131 to U+3163 are, with gaps; these have compatibility mappings of their own. */
function hangul(): ReadonlyMap<string, string> {
  const runs = [
    { from: 0xffa0, to: 0xffa0, target: 0x3164 },
    { from: 0xffa1, to: 0xffbe, target: 0x3131 },
    { from: 0xffc2, to: 0xffc7, target: 0x314f },
    { from: 0xffca, to: 0xffcf, target: 0x3155 },
    { from: 0xffd2, to: 0xffd7, target: 0x315b },
    { from: 0xffda, to: 0xffdc, target: 0x3161 },
    { from: 0xffe3, to: 0xffe3, target: 0x00af },
  ];
  const pairs = runs.flatMap(({ from, to, target }) =>
    Array.from({ length: to - from + 1 }, (_, index) => pair(from + index, target + index)),
  );
  return new Map(pairs);
}

function pair(from: number, to: number): readonly [string, string] {
  return [String.fromCharCode(from), String.fromCharCode(to)];
}
