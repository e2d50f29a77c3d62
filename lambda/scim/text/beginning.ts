/**
 * The beginning of a text, of at most so many UTF-16 code units. Half of a character, which a client or the cut can
 * leave, becomes U+FFFD: it has no form in UTF-8, so that no store could keep it.
 */
export function beginning(text: string, length: number): string {
  // With the `u` flag this class matches only surrogates that are not half of a pair.
  return text.slice(0, length).replace(/\p{Cs}/gu, '\ufffd');
}
