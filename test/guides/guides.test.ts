import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { Guide, GuideStep } from '../../guides/guide';
import { guideDocuments, loadGuides } from '../../scripts/guides';

const root = join(__dirname, '../..');
const validate = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync(join(root, 'guides/guide.schema.json'), 'utf8')),
);
const guides = loadGuides();
const values = ['baseUrl', 'token', 'tokenEndpoint', 'clientId', 'clientSecret'];
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** The options of a guide, each with its steps; a guide without a choice has one. */
const ways = guides.flatMap((guide) =>
  (guide.choice?.options ?? [{ id: '' }]).map(({ id }): [string, readonly GuideStep[], Guide] => [
    `${guide.id} ${id}`.trim(),
    guide.steps.filter((step) => !step.for || step.for.includes(id)),
    guide,
  ]),
);

test('there is a guide for every identity provider that the portal offers', () => {
  expect(guides.map(({ id }) => id).sort()).toEqual([
    'entra',
    'google',
    'jumpcloud',
    'okta',
    'onelogin',
    'other',
    'ping',
  ]);
});

test.each(guides.map((guide) => [guide.id, guide] as const))(
  'the guide of %s has the form of its schema',
  (_, guide) => {
    expect(validate(guide) || validate.errors).toBe(true);
    expect(Number.isNaN(Date.parse(guide.checkedOn))).toBe(false);
    const options = guide.choice?.options.map(({ id }) => id) ?? [];
    for (const step of guide.steps) for (const id of step.for ?? []) expect(options).toContain(id);
  },
);

test.each(ways)(
  '%s: each step once, a URL and one whole credential, and every line of the checklist that can come',
  (_, steps) => {
    const ids = steps.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const pasted = steps.flatMap(({ fields = [] }) => fields.flatMap(({ paste = '' }) => placeholders(paste)));
    expect([
      ['baseUrl', 'token'],
      ['baseUrl', 'tokenEndpoint', 'clientId', 'clientSecret'],
    ]).toContainEqual(values.filter((value) => pasted.includes(value)));
    const awaited = steps.flatMap((step) => step.await ?? []);
    const order = ['testCall', 'firstUser', 'firstGroup', 'firstMember', 'firstDeactivation'];
    expect(awaited).toEqual(order.filter((step) => awaited.includes(step as never)));
    expect(awaited).toEqual(expect.arrayContaining(['testCall', 'firstUser', 'firstDeactivation']));
  },
);

test('only fields have values, and texts name nothing but the product and the operator', () => {
  const wrong = guides.flatMap((guide) => {
    const texts = JSON.stringify({
      ...guide,
      steps: guide.steps.map(({ fields, ...step }) => ({
        ...step,
        fields: fields?.map(({ paste, ...field }) => field),
      })),
    });
    return placeholders(texts).filter((name) => !['product', 'operator'].includes(name));
  });
  expect(wrong).toEqual([]);
});

test('administrators read "the operator" and their own words, never ours', () => {
  for (const guide of guides)
    expect(JSON.stringify(guide)).not.toMatch(/\b[Tt]enants?\b(?! URL)|\barn:|\bSCIM server\b/);
});

test.each([...guideDocuments()])('%s has the steps of its guide', (page, text) => {
  // `npm run guides-doc` writes it.
  expect(readFileSync(page, 'utf8')).toBe(text);
});
