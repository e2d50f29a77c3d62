/** Values come from identity providers: control characters become escapes, so that they do not control the terminal. */
export function printable(value: string): string {
  return value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
}

/** A value as JSON whose characters do not control the terminal: as escapes, which programs read as the same text. */
export function toJson(value: unknown, indent?: number): string {
  return String(JSON.stringify(value, undefined, indent)).replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => {
      return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}
