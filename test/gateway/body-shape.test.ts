import fc from 'fast-check';
import { checkBodyShape } from '../../lambda/gateway/body-shape';
import { ScimError } from '../../lambda/scim/message/error';

function refusal(text: string): string | undefined {
  try {
    checkBodyShape(text);
    return undefined;
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.detail}`;
    throw error;
  }
}

const names = (count: number) => `{${Array.from({ length: count }, (_, index) => `"k${index}":1`).join(',')}}`;
const members = (count: number) =>
  `{"members":[${Array(count).fill('{"value":"x","type":"User","$ref":"y","display":"z"}').join(',')}]}`;

test.each([
  ['four megabytes of brackets', '['.repeat(4 << 20), /^400 .* 64 levels/],
  ['65 levels of objects', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, /^400 .* 64 levels/],
  ['300,000 names', names(300_000), /^413 .* 1000 names/],
  ['1,001 names in an object within others', `{"a":[{"b":${names(1001)}}]}`, /^413 .* 1000 names/],
  ['a million numbers', `[${Array(1_000_000).fill(1).join(',')}]`, /^413 .* 250000 values/],
  ['many empty objects', `[${Array(200_000).fill('{}').join(',')}]`, /^413 .* 250000 values/],
])('%s are refused before they are parsed', (_, text, detail) => {
  expect(refusal(text)).toMatch(detail);
});

test.each([
  ['64 levels', `${'['.repeat(64)}${']'.repeat(64)}`],
  ['1,000 names', names(1000)],
  ['20,000 members with all that clients say of them', members(20_000)],
  ['brackets, commas and quotation marks within strings', JSON.stringify({ a: '[{,"\\'.repeat(10_000), b: '\\' })],
  ['a long array within an object', `{"a":[${Array(5000).fill('"x"').join(',')}],"b":1}`],
  ['a string that does not end', '{"a":"\\'],
  ['brackets that close nothing', '}]}]{"a":1,"b":2}'],
])('%s pass', (_, text) => {
  expect(refusal(text)).toBeUndefined();
});

test('any JSON of ordinary size passes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => expect(refusal(JSON.stringify(value))).toBeUndefined()),
  );
});
