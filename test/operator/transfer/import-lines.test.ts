import { Readable } from 'node:stream';
import fc from 'fast-check';
import type { JsonObject } from '../../../lambda/scim/json';
import { readLines } from '../../../operator/transfer/import-lines';

const head = '{"export":"serverless-scim","format":1}\n';

async function valuesOf(input: AsyncIterable<string | Uint8Array>): Promise<readonly (JsonObject | undefined)[]> {
  const values: (JsonObject | undefined)[] = [];
  for await (const { value } of readLines(input)) values.push(value);
  return values;
}

test('any text is read as it was written, in whatever parts it arrives', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('one\u2028two\u2029three', '\r\n', '\ud83d\ude00'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(text),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('\n', '\r\n'),
      async (texts, part, end) => {
        const bytes = Buffer.from(head + texts.map((each) => JSON.stringify({ user: each }) + end).join(''));
        async function* parts() {
          for (let at = 0; at < bytes.length; at += part) yield bytes.subarray(at, at + part);
        }
        expect(await valuesOf(parts())).toEqual(texts.map((user) => ({ user })));
      },
    ),
  );
});

test('a line that is longer than any resource is refused before all of it is read', async () => {
  function* endless() {
    yield head;
    for (;;) yield 'x'.repeat(100_000);
  }
  await expect(valuesOf(Readable.from(endless()))).rejects.toThrow('Line 2 is longer than 1,000,000 characters');
});
