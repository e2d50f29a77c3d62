import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFlow } from '../../traffic/check-flow';
import { decodingErrors } from '../../traffic/decode';
import { flatten } from '../../traffic/judge';
import { runFlow } from '../../traffic/run';
import { flows } from '../cases/flows';

const request = { method: 'GET', path: '/Users' };
const step = { name: 's', request, expect: { status: 200 } };
const flow = { name: 'a/b', description: 'd', source: ['RFC 7644 §3'], profiles: ['standard'], steps: [step] };
const withStep = (changed: object) => ({ ...flow, steps: [{ ...step, ...changed }] });

test('a flow that matches the format is returned unchanged', () => {
  expect(checkFlow(flow, 'a/b')).toEqual(flow);
});

test.each([
  ['of the flow', { ...flow, extra: 1 }],
  ['of a step', withStep({ extra: 1 })],
  ['of a request', withStep({ request: { ...request, extra: 1 } })],
  ['of an expectation', withStep({ expect: { extra: 1 } })],
  ['of a profile’s expectation', withStep({ expect: { in: { standard: { extra: 1 } } } })],
  ['of an assertion', withStep({ expect: { body: { '/id': { extra: 1 } } } })],
  ['of a repeated step', { ...flow, steps: [{ name: 'r', times: 2, steps: [{ ...step, extra: 1 }] }] }],
])('an unknown key %s is refused', (_where, wrong) => {
  expect(() => checkFlow(wrong, 'a/b')).toThrow(/extra/);
});

test.each([
  ['no source', { ...flow, source: [] }],
  ['an unknown profile', { ...flow, profiles: ['aws'] }],
  ['an unknown token', withStep({ request: { ...request, token: 'expired?' } })],
  ['two bodies', withStep({ request: { ...request, body: {}, rawBody: '{}' } })],
  ['a body pointer without a slash', withStep({ expect: { body: { id: 1 } } })],
  ['no steps', { ...flow, steps: [] }],
  ['another name than its path', { ...flow, name: 'a/c' }],
])('a flow with %s is refused', (_what, wrong) => {
  expect(() => checkFlow(wrong, 'a/b')).toThrow(/a\/b\.json/);
});

test('a step of the set-up can be one of setup.json, with its own name', () => {
  const { setup } = checkFlow({ ...flow, setup: [{ given: 'user', as: 'ada' }] }, 'a/b');
  expect(setup).toMatchObject([
    {
      name: 'user ada exists',
      request: { body: { userName: 'user-ada-${unique}@example.com' } },
      capture: { ada: '/id' },
    },
  ]);
});

test('an unknown step of the set-up is refused', () => {
  expect(() => checkFlow({ ...flow, setup: [{ given: 'nothing' }] }, 'a/b')).toThrow(/setup\.json has no "nothing"/);
});

test('an unknown shape is refused', () => {
  expect(() => flatten({ like: ['nothing'] }, 'standard')).toThrow(/shapes\.json has no "nothing"/);
});

test('an unknown type is refused', () => {
  expect(() => decodingErrors('ssosync.Nothing', {})).toThrow(/types\.json has no "ssosync.Nothing"/);
});

test('the examples of the README fit the format', () => {
  const readme = readFileSync(join(__dirname, '../../traffic/README.md'), 'utf8');
  const examples = [...readme.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json) as object);
  const [whole, requestStep, check, repeated] = examples;
  const example = { ...whole, steps: [requestStep, check, { ...repeated, steps: [requestStep] }] };
  expect(checkFlow(example, 'okta/example')).toEqual(example);
});

describe('every flow', () => {
  const silent = { baseUrl: '', token: '', profile: 'standard', send: () => Promise.resolve({ noAnswer: 'not sent' }) };

  test.each(flows.map((one) => [one.name, one] as const))('%s names only shapes that exist', async (_name, one) => {
    for (const profile of one.profiles) await expect(runFlow(one, { ...silent, profile })).resolves.toBeDefined();
  });

  test('no flow has two steps of one name', () => {
    const repeated = flows.flatMap(({ name, setup = [], steps }) => {
      const names = [...setup, ...steps].map((one) => one.name);
      return names.filter((one, position) => names.indexOf(one) !== position).map((one) => `${name}: ${one}`);
    });
    expect(repeated).toEqual([]);
  });
});
