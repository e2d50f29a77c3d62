import { asAssertion, unmet } from './assert';
import { decodingErrors } from './decode';
import type { Assertion, Assertions, Expectation } from './flow';
import type { Json } from './json';
import { valueAt } from './pointer';
import type { Answer } from './send';
import shapes from './shapes.json';
import type { Target } from './target';
import { fill, fillText, type Lookup } from './template';

const namedExpectations = new Map<string, Expectation>(Object.entries(shapes as Readonly<Record<string, Expectation>>));

/** A response with its body, as expectations see it. */
export interface Received extends Answer {
  readonly body: Json | undefined;
  readonly milliseconds: number;
}

/** The failures, in words, and the number of assertions. */
export interface Judgement {
  readonly failures: readonly string[];
  readonly assertions: number;
}

/** Compares a response with a step's expectations in the target's profile. */
export function judge(expected: Expectation, received: Received, target: Target, lookup: Lookup): Judgement {
  const all = flatten(expected, target.profile);
  const status = all.findLast((expectation) => expectation.status !== undefined)?.status;
  const verdicts = [
    ...(status === undefined ? [] : [judgeStatus(status, received)]),
    ...all.flatMap((expectation) => [
      ...judgeValues('header', expectation.headers, (name) => received.headers.get(name.toLowerCase()), lookup),
      ...judgeValues('body', expectation.body, (pointer) => valueAt(received.body, pointer), lookup),
      ...(expectation.decodes === undefined ? [] : [judgeDecoding(expectation.decodes, received)]),
      ...(expectation.within === undefined || target.timed === false ? [] : [judgeTime(expectation.within, received)]),
    ]),
  ];
  return { failures: verdicts.filter((verdict) => verdict !== ''), assertions: verdicts.length };
}

/**
 * The expectation, what it is `like`, and what the profile adds, the most particular last.
 * @throws on an unknown name
 */
export function flatten(expected: Expectation, profile: string): readonly Expectation[] {
  const inProfile = expected.in?.[profile];
  return [
    ...(expected.like ?? []).flatMap((name) => flatten(namedExpectation(name), profile)),
    expected,
    ...(inProfile ? flatten(inProfile, profile) : []),
  ];
}

function namedExpectation(name: string): Expectation {
  const found = namedExpectations.get(name);
  if (!found) {
    throw new Error(`traffic/shapes.json has no "${name}"; it has ${[...namedExpectations.keys()].join(', ')}`);
  }
  return found;
}

/** Each function returns the failure, or an empty string. */
function judgeStatus(wanted: number | readonly number[], received: Received): string {
  return [wanted].flat().includes(received.status) ? '' : `status: expected ${String(wanted)}, got ${received.status}`;
}

function judgeDecoding(type: string, { body }: Received): string {
  const errors = decodingErrors(type, body);
  return errors.length === 0 ? '' : `body as ${type}: ${errors.join('; ')}`;
}

function judgeTime(within: number, received: Received): string {
  return received.milliseconds <= within
    ? ''
    : `time: expected ${within} ms, took ${Math.round(received.milliseconds)}`;
}

function judgeValues(
  kind: string,
  wanted: Assertions | undefined,
  find: (key: string) => Json | undefined,
  lookup: Lookup,
): readonly string[] {
  return Object.entries(wanted ?? {}).flatMap(([template, assertion]) => {
    const key = fillText(template, lookup);
    const actual = find(key);
    const filled = fill(asAssertion(assertion) as Json, lookup) as Assertion;
    const broken = unmet(actual, filled).map((what) => `${kind} ${key}: expected ${what}, got ${shown(actual)}`);
    return [...broken, ...Array<string>(Object.keys(filled).length - broken.length).fill('')];
  });
}

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}
