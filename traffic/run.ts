import { asAssertion, unmet } from './assert';
import { exchange, type StepResult } from './exchange';
import type { Assertion, CheckStep, Flow, RepeatStep, Step } from './flow';
import { isArray, isObject, type Json, type JsonObject } from './json';
import { keep } from './keep';
import type { Target } from './target';
import { fill } from './template';
import { startVariables, unknownVariables, type Variables } from './variables';

/** Result of a flow. */
export interface FlowResult {
  readonly flow: string;
  readonly steps: readonly StepResult[];
  readonly failed: readonly StepResult[];
  readonly assertions: number;
  /** The URL of every resource that was created, for `cleanUp`. */
  readonly created: readonly string[];
}

interface Run {
  readonly flow: Flow;
  readonly target: Target;
  readonly done: (result: StepResult) => void;
}

/**
 * Plays a flow against an endpoint, step by step, and returns what failed. It continues after a failed step; a step
 * whose variables were not captured is not sent and counts as failed.
 * @throws only if the flow itself is wrong
 */
export async function runFlow(
  flow: Flow,
  target: Target,
  onStep: (result: StepResult) => void = () => undefined,
): Promise<FlowResult> {
  const steps: StepResult[] = [];
  const done = (result: StepResult): void => {
    steps.push(result);
    onStep(result);
  };
  await runSteps({ flow, target, done }, [...(flow.setup ?? []), ...flow.steps], startVariables(flow, target));
  return {
    flow: flow.name,
    steps,
    failed: steps.filter((step) => step.failures.length > 0),
    assertions: steps.reduce((sum, step) => sum + step.assertions, 0),
    created: steps.flatMap(createdUrl),
  };
}

async function runSteps(run: Run, steps: readonly Step[], variables: Variables): Promise<void> {
  for (const step of steps) {
    if (step.profiles && !step.profiles.includes(run.target.profile)) continue;
    if ('steps' in step) await runRounds(run, step, variables);
    else if ('check' in step) run.done(runCheck(run.flow, step, variables));
    else run.done(await exchange(run.flow, step, run.target, variables));
  }
}

async function runRounds(run: Run, step: RepeatStep, variables: Variables): Promise<void> {
  const missing = typeof step.each === 'string' ? unknownVariables(step.each, variables) : [];
  if (missing.length > 0) run.done({ flow: run.flow.name, step: step.name, failures: missing, assertions: 1 });
  const waiting = rowsOf(step, variables).map((row, position) => ({ ...row, index: position + 1 }));
  const worker = async (): Promise<void> => {
    for (let row = waiting.shift(); row; row = waiting.shift()) await runSteps(run, step.steps, variables.round(row));
  };
  await Promise.all(Array.from({ length: step.concurrency ?? 1 }, worker));
}

function rowsOf({ each, times = 1 }: RepeatStep, variables: Variables): readonly JsonObject[] {
  if (each === undefined) return Array.from({ length: times }, () => ({}));
  if (typeof each !== 'string') return each.map((row) => fill(row, variables.lookup) as JsonObject);
  const elements = fill(each, variables.lookup);
  return isArray(elements) ? elements.map((item) => ({ item })) : [];
}

function runCheck(flow: Flow, step: CheckStep, variables: Variables): StepResult {
  const named = { flow: flow.name, step: step.name, assertions: 1 };
  const missing = unknownVariables([step.check, step.is], variables);
  if (missing.length > 0) return { ...named, failures: missing };
  const wanted = fill(asAssertion(step.is) as Json, variables.lookup) as Assertion;
  const value = fill(step.check, variables.lookup);
  const broken = unmet(value, wanted);
  const failures = broken.map((what) => `${JSON.stringify(step.check)}: expected ${what}`);
  return { ...named, failures: [...failures, ...keep(step, value, new Map(), variables)] };
}

function createdUrl({ sent, received }: StepResult): readonly string[] {
  if (sent?.method !== 'POST' || received?.status !== 201 || !isObject(received.body)) return [];
  return [`${sent.url.replace(/\?.*$/, '')}/${String(received.body.id)}`];
}
