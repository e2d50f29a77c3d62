import { fold } from '../../lambda/scim/text/fold';

const wildcard = '*';

/** A text to look for, and how far to fall back in it when a character differs (Knuth, Morris and Pratt). */
interface Part {
  readonly text: string;
  readonly fallbacks: readonly number[];
}

/**
 * Makes the function that says whether a folded text matches a pattern, in which `*` stands for any characters, or none;
 * no other character is special. Takes time in proportion to the lengths of both, whatever they contain.
 */
export function patternMatcher(pattern: string): (folded: string) => boolean {
  // Folded part by part: an asterisk of full width, which folds to the ordinary one, is a character.
  const [first = '', ...others] = pattern.split(wildcard).map(fold);
  const last = others.pop();
  if (last === undefined) return (text) => text === first;
  const parts = others.map((text): Part => ({ text, fallbacks: fallbacksOf(text) }));
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let position = first.length;
    for (const part of parts) {
      position = endOfFirst(part, text, position);
      if (position > end) return false;
    }
    return true;
  };
}

/** Where the first occurrence of a part at or after a position ends; past the text if there is none. */
function endOfFirst({ text: part, fallbacks }: Part, text: string, from: number): number {
  let matched = 0;
  let position = from;
  while (matched < part.length && position <= text.length) {
    matched = extend(part, fallbacks, matched, text[position]);
    position++;
  }
  return position;
}

/** How many characters of a part match after one more character of a text, when `matched` did before it. */
function extend(part: string, fallbacks: readonly number[], matched: number, character: string | undefined): number {
  let length = matched;
  while (length > 0 && part[length] !== character) length = fallbacks[length - 1] ?? 0;
  return part[length] === character ? length + 1 : length;
}

/** For each prefix of a part, how long its longest proper suffix is that is a prefix as well. */
function fallbacksOf(part: string): readonly number[] {
  const fallbacks = [0];
  for (let index = 1; index < part.length; index++) {
    fallbacks.push(extend(part, fallbacks, fallbacks[index - 1] ?? 0, part[index]));
  }
  return fallbacks;
}
