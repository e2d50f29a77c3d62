import { setTimeout as pause } from 'node:timers/promises';
import type { Expectation, Flow } from '../../traffic/flow';
import { describeFailures } from '../../traffic/report';
import { runFlow } from '../../traffic/run';
import cases from './judge.cases.json';
import { type Scripted, type ScriptedServer, startScriptedServer } from './scripted-server';

interface Case {
  readonly name: string;
  readonly expect: Expectation;
  readonly capture?: Readonly<Record<string, string>>;
  readonly answer: Scripted;
  readonly delay?: number;
  readonly failure: string;
}

let server: ScriptedServer;
let scripted: Case;

beforeAll(async () => {
  server = await startScriptedServer(async () => {
    if (scripted.delay) await pause(scripted.delay);
    return scripted.answer;
  });
});
afterAll(() => server.close());

test.each(cases as unknown as readonly Case[])('the runner fails on $name', async (wrong) => {
  scripted = wrong;
  const { expect: expected, capture } = wrong;
  const step = {
    name: 'step',
    request: { method: 'GET', path: '/Users' },
    expect: expected,
    ...(capture ? { capture } : {}),
  };
  const flow: Flow = { name: 'a/b', description: '', source: [], profiles: ['standard'], steps: [step] };
  const result = await runFlow(flow, { baseUrl: server.baseUrl, token: 'secret', profile: 'standard' });
  expect(result.failed).toHaveLength(1);
  expect(describeFailures(result)).toMatch(new RegExp(wrong.failure));
});

test('every kind of assertion has a failing case above', () => {
  const kinds = [
    'equals',
    'matches',
    'present',
    'absent',
    'type',
    'length',
    'atLeast',
    'atMost',
    'contains',
    'sameSet',
    'includes',
    'every',
    'not',
  ];
  const text = JSON.stringify(cases);
  expect(kinds.filter((kind) => !text.includes(`{"${kind}":`) && kind !== 'equals')).toEqual([]);
});
