import { withoutInvisible } from './fold';

/**
 * The characters that a text may have: only `visible` ones, or all `printable` ones, some without width (emoji and
 * Persian need joiners). Neither set has characters that break a line or change the direction of the text around them.
 */
export type Characters = 'visible' | 'printable';

interface Refused {
  readonly form: RegExp;
  readonly name: string;
}

const control: Refused = { form: /[\p{Cc}\u2028\u2029]/u, name: 'a control character' };
const bidi: Refused = { form: /[\u202a-\u202e\u2066-\u2069]/u, name: 'a character that changes the direction of text' };
const invisible: Refused = { form: /\p{Default_Ignorable_Code_Point}/u, name: 'a character without width' };

const refused: Readonly<Record<Characters, readonly Refused[]>> = {
  visible: [control, bidi, invisible],
  printable: [control, bidi],
};

/** Describes a refused character of a text: its code point, and its position, from 1. */
export function refusedCharacter(text: string, characters: Characters): string | undefined {
  for (const { form, name } of refused[characters]) {
    const at = text.search(form);
    if (at < 0) continue;
    const position = [...text.slice(0, at)].length + 1;
    return `holds ${name} (${codePoint(text, at)}) at position ${position}; remove it`;
  }
  return text !== '' && withoutInvisible(text) === '' ? 'holds nothing that can be seen; send a name' : undefined;
}

function codePoint(text: string, at: number): string {
  return `U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
