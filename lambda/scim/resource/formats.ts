import type { AttributeType } from '../schema/attribute';

/** The pattern of a text value, and its description in messages. */
export interface TextFormat {
  /** Source of a regular expression with the flag `u`. */
  readonly pattern: string;
  readonly expected: string;
}

/** A required attribute has at least one character that is not white space. */
export const notBlank: TextFormat = { pattern: '\\S', expected: 'must not be blank' };

/** Formats of RFC 7643 §2.3, not stricter than necessary: an odd URL of a client does no harm. */
export const textFormats: ReadonlyMap<AttributeType, TextFormat> = new Map([
  [
    'dateTime',
    {
      pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)?$',
      expected: 'must be a date and time such as 2026-11-24T07:12:45Z',
    },
  ],
  ['reference', { pattern: '^[^\\u0000-\\u001f\\u007f]*$', expected: 'must be a URI, without control characters' }],
  ['binary', { pattern: '^[\\w+/=\\s-]*$', expected: 'must be base64 text' }],
]);
