import { fold } from '../../lambda/scim/text/fold';

/**
 * Makes the check whether a name has every word of a text as a part, in any order and letter case: `Anna Exa` fits
 * `anna.example@example.com`. Nothing fits a text without a word.
 */
export function hasWordsOf(text: string): (name: string) => boolean {
  const words = fold(text).split(/\s+/u).filter(Boolean);
  return (name) => {
    const folded = fold(name);
    return words.length > 0 && words.every((word) => folded.includes(word));
  };
}
