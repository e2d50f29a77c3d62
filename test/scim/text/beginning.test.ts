import fc from 'fast-check';
import { originOf } from '../../../lambda/gateway/request';
import { beginning } from '../../../lambda/scim/text/beginning';

const isWellFormed = (text: string) => Buffer.from(text).toString('utf8') === text;

test('the beginning of any text is well-formed, no longer than asked for, and the text itself where that is so', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.nat(20),
      (any, whole, length) => {
        const half = `${any}\ud83d`;
        expect(isWellFormed(beginning(half, length))).toBe(true);
        expect(beginning(half, length).length).toBeLessThanOrEqual(length);
        expect(beginning(whole, whole.length)).toBe(whole);
      },
    ),
  );
});

test('the name that a client gives itself is cut between characters', () => {
  const userAgent = `${'a'.repeat(99)}\u{1f600}`;
  const event = { requestContext: { identity: { sourceIp: '203.0.113.9', userAgent } } };
  const { agent = '' } = originOf(event as unknown as Parameters<typeof originOf>[0]);
  expect(agent).toBe(`${'a'.repeat(99)}\ufffd`);
});
