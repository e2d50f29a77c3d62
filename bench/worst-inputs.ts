import { checkBodyShape } from '../lambda/gateway/body-shape';
import { evaluate } from '../lambda/scim/filter/evaluate';
import { parseFilter } from '../lambda/scim/filter/parse';
import { resolveFilter } from '../lambda/scim/filter/resolve';
import type { Json, JsonObject } from '../lambda/scim/json';
import { applyPatch } from '../lambda/scim/patch/apply';
import { parsePatch } from '../lambda/scim/patch/operations';
import { normaliseResource } from '../lambda/scim/resource/normalise';
import type { Resource } from '../lambda/scim/resource/resource';
import { sorter } from '../lambda/scim/resource/sort';
import { validateResource } from '../lambda/scim/resource/validate';
import { resourceView } from '../lambda/scim/schema/view';
import { Work } from '../lambda/scim/work';

/** One request that is as dear as its kind can be. */
export interface WorstInput {
  readonly name: string;
  readonly run: () => unknown;
}

const user = resourceView('standard', 'User');
const group = resourceView('standard', 'Group');
const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Texts that are dear to fold, each of about 8 KB. */
const texts: Readonly<Record<string, string>> = {
  'plain letters': 'A'.repeat(8000),
  'accented letters': 'É'.repeat(4000),
  'decomposed letters': 'e\u0301'.repeat(2600),
  'runs of marks': `a${'\u0301\u0323'.repeat(15)}`.repeat(130),
  'one run of marks': `a${'\u0301\u0323'.repeat(2000)}`,
  'full-width letters': '\uff21'.repeat(2600),
  'half-width jamo': '\uffa1'.repeat(2600),
  sigmas: 'Σ'.repeat(4000),
};

const body = (text: string): Json => {
  checkBodyShape(text);
  return JSON.parse(text) as Json;
};

const bodies: Readonly<Record<string, string>> = {
  brackets: '['.repeat(4 << 20),
  'nested objects': '{"a":'.repeat(800_000),
  'unknown names': `{${times(300_000, (index) => `"k${index}":1`).join(',')}}`,
  numbers: `{"phoneNumbers":[${'1,'.repeat(2_000_000)}1]}`,
  'empty objects': `{"emails":[${'{},'.repeat(1_300_000)}{}]}`,
  'quotation marks': `{"title":"${'\\"'.repeat(2_000_000)}"}`,
  'one string': `{"title":"${'É'.repeat(2_000_000)}"}`,
  members: JSON.stringify({
    displayName: 'g',
    members: times(20_000, (index) => ({ value: `${index}`, type: 'User', display: 'x' })),
  }),
  '240,000 phone numbers': `{"userName":"a","phoneNumbers":[${times(240_000, (index) => index).join(',')}]}`,
  '500 values of 8 KB': JSON.stringify({
    userName: 'a',
    phoneNumbers: times(500, (index) => ({ value: `${index}${'É'.repeat(3900)}` })),
  }),
};

const creations = Object.entries(bodies).map(
  ([name, text]): WorstInput => ({
    name: `POST, 4 MB: ${name}`,
    run: () => {
      const view = name === 'members' ? group : user;
      validateResource(view, normaliseResource(view, body(text)));
    },
  }),
);

const terms = (count: number, operator: string, value = 'x') =>
  times(count, (index) => `value ${operator} "${value}${index}"`).join(' or ');

const values = (text: string, count: number): Resource => ({
  userName: 'u',
  roles: times(count, (index) => ({ value: `${index}${text}`, type: 'work' })),
});

function patch(name: string, stored: Resource, operations: readonly JsonObject[]): WorstInput {
  const text = JSON.stringify({ Operations: operations });
  return {
    name: `PATCH: ${name}`,
    run: () => {
      const work = new Work();
      applyPatch(user, stored, parsePatch(user, body(text), work), work);
    },
  };
}

const remove = (filter: string) => ({ op: 'remove', path: `roles[${filter}]` });
const onTexts = Object.entries(texts).flatMap(([name, text]): readonly WorstInput[] => [
  patch(
    `40 operations of 190 terms, ${name}`,
    values(text, 35),
    times(40, () => remove(terms(190, 'eq'))),
  ),
  patch(
    `1,000 searches for parts, ${name}`,
    values(text, 35),
    times(1000, () => remove(terms(10, 'co', text.slice(0, 20)))),
  ),
  patch(`500 added values, ${name}`, values(text, 35), [
    { op: 'add', path: 'roles', value: times(500, (index) => ({ value: `${text}${index}`, type: 'work' })) },
  ]),
]);

const changes = [
  patch(
    '1,000 replacements among 500 values',
    values('r', 500),
    times(1000, (index) => ({ op: 'replace', path: 'roles[value co "r"].display', value: `d${index}` })),
  ),
  patch(
    '1,000 labels on 500 values',
    values('r', 500),
    times(1000, (index) => ({ op: 'replace', path: 'roles[value co "r"].type', value: `d${index}` })),
  ),
  patch(
    '1,000 primaries',
    values('r', 500),
    times(1000, () => ({ op: 'replace', path: 'roles.primary', value: true })),
  ),
  patch(
    '1,000 values taken from 500',
    values('r', 500),
    times(1000, (index) => ({ op: 'remove', path: `roles[value eq "${index}r"].value` })),
  ),
  patch(
    '1,000 lists of values to remove',
    values('r', 500),
    times(1000, () => ({ op: 'remove', path: 'roles', value: times(60, (index) => ({ value: `x${index}` })) })),
  ),
  patch(
    '1,000 values added one by one',
    values('r', 1),
    times(1000, (index) => ({ op: 'add', path: 'roles', value: [{ value: `${index}` }] })),
  ),
  patch(
    'paths of 4 MB',
    values('r', 1),
    times(1000, () => remove(`value eq "${'É'.repeat(2000)}"`)),
  ),
  patch(
    '200 terms in 1,000 paths',
    values('r', 1),
    times(1000, () => remove(terms(190, 'eq'))),
  ),
  patch(
    'names that are paths',
    { userName: 'u' },
    times(1000, () => ({ op: 'add', value: Object.fromEntries(times(100, (index) => [`x${index}`, 1])) })),
  ),
  patch(
    'a part that a string nearly has',
    values('a'.repeat(8000), 36),
    times(1000, () => remove(`value co "${'a'.repeat(1500)}b${'a'.repeat(1500)}"`)),
  ),
];

function search(name: string, resources: readonly JsonObject[], filter: string): WorstInput {
  return {
    name: `search: ${name}`,
    run: () => {
      const work = new Work();
      const bound = resolveFilter(user, parseFilter(filter));
      return resources.filter((each) => evaluate(bound, each, work)).length;
    },
  };
}

function sort(name: string, resources: readonly JsonObject[]): WorstInput {
  return { name: `sort: ${name}`, run: () => [...resources].sort(sorter(user, 'title', false, new Work())).length };
}

const small = times(10_000, (index) => ({
  userName: `user${index}@example.com`,
  displayName: 'É',
  title: `${'x'.repeat(700)}${index}`,
}));
const large = (text: string) => times(28, () => ({ ...values(text, 36) }));
const filters = (attribute: string, count: number) =>
  times(count, (index) => `${attribute} co "x${index}"`).join(' or ');

const searches = [
  search('200 terms over 10,000 users', small, filters('userName', 190)),
  search('200 terms without a value', small, filters('nickName', 190)),
  search('a part that titles nearly have', small, `title co "${'x'.repeat(350)}y${'x'.repeat(349)}"`),
  search('dates', small, times(100, () => 'meta.lastModified gt "2026-01-01T00:00:00Z"').join(' or ')),
  search('presence', small, times(200, () => 'not (emails pr)').join(' and ')),
  search('depth', small, `${'not ('.repeat(49)}userName pr${')'.repeat(49)}`),
  sort('10,000 titles that begin alike', small),
  ...Object.entries(texts).flatMap(([name, text]) => [
    search(`8 MB of ${name}`, large(text), filters('roles.value', 150)),
    search(`a value path over 8 MB of ${name}`, large(text), `roles[${terms(100, 'eq', text.slice(0, 3))}]`),
  ]),
];

/** Every worst input: bodies, changes, searches. What the store takes is measured by `bench:storage`. */
export const worstInputs: readonly WorstInput[] = [...creations, ...onTexts, ...changes, ...searches];
