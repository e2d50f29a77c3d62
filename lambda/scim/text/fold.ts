import { mapWidth } from './width';

/** What `toLowerCase` leaves, though Unicode's simple case folding (statuses C and S) maps it: U+0131 is not among them. */
const folded: ReadonlyMap<string, string> = pairs(
  '\u00b5\u017f\u0345\u03c2\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f5\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88\u1e9b\u1fbe\u1fd3\u1fe3\ufb05',
  '\u03bc\u0073\u03b9\u03c3\u03b2\u03b8\u03c6\u03c0\u03ba\u03c1\u03b5\u0432\u0434\u043e\u0441\u0442\u0442\u044a\u0463\ua64b\u1e61\u03b9\u0390\u03b0\ufb06',
);
const leftByLowerCase = new RegExp(`[${[...folded.keys()].join('')}]`, 'g');

const other = /[\u0080-\uffff]/;
const ignorable = /\p{Default_Ignorable_Code_Point}/gu;
/** The only character whose lower case has two characters, which simple folding does not do. */
const dottedI = '\u0130';
const longRun = /(?<!\p{M})(?:\p{M}{30})+/gu;
const stretch = /\p{M}{30}/gu;
const graphemeJoiner = '\u034f';

/**
 * The form in which names and emails are compared: characters of full and half width as ordinary ones (RFC 8265
 * §3.3.2), Unicode's simple case folding (statuses C and S: final sigma is sigma, sharp s stays), NFC. Characters
 * without width are left out, so that a joiner in an emoji does not make a different name. Takes time in proportion to
 * the length.
 */
export function fold(text: string): string {
  if (isPlain(text)) return text.toLowerCase();
  const visible = mapWidth(text).replace(ignorable, '');
  return foldCase(streamSafe(visible).normalize('NFC')).normalize('NFC');
}

/** Whether a text is ASCII, so that only its case must be folded. */
export function isPlain(text: string): boolean {
  return !other.test(text);
}

/** A text without the characters that have no width (Unicode's `Default_Ignorable_Code_Point`). */
export function withoutInvisible(text: string): string {
  return text.replace(ignorable, '');
}

function foldCase(text: string): string {
  const lower = text
    .split(dottedI)
    .map((part) => part.toLowerCase())
    .join(dottedI);
  return lower.replace(leftByLowerCase, (character) => folded.get(character) ?? character);
}

/** Sorting a long run of combining marks takes quadratic time, so no run may have more than 30 (UAX #15, §13). */
function streamSafe(text: string): string {
  return text.replace(longRun, (run) => run.replace(stretch, `$&${graphemeJoiner}`));
}

function pairs(from: string, to: string): ReadonlyMap<string, string> {
  const targets = [...to];
  return new Map([...from].map((character, index) => [character, targets[index] ?? character]));
}
