import { performance } from 'node:perf_hooks';
import type { Flow, RequestStep } from './flow';
import type { Json } from './json';
import { flatten, judge, type Received } from './judge';
import { keep } from './keep';
import { outgoingRequest } from './outgoing';
import { type Outgoing, sendHttp } from './send';
import type { Target } from './target';
import { fillText } from './template';
import { unknownVariables, type Variables } from './variables';

/** Result of one step. `failures` is empty if everything held. */
export interface StepResult {
  readonly flow: string;
  readonly step: string;
  readonly sent?: Outgoing;
  readonly received?: Received;
  readonly failures: readonly string[];
  readonly assertions: number;
}

/** Sends a step's request, judges the response and stores captured values. A step that lacks a variable is not sent. */
export async function exchange(
  flow: Flow,
  step: RequestStep,
  target: Target,
  variables: Variables,
): Promise<StepResult> {
  const named = { flow: flow.name, step: fillText(step.name, variables.lookup) };
  const missing = unknownVariables([flow.headers, step.request, flatten(step.expect, target.profile)], variables);
  if (missing.length > 0) return { ...named, failures: missing, assertions: 1 };
  const sent = outgoingRequest(flow, step.request, target, variables.lookup);
  const started = performance.now();
  const answer = await (target.send ?? sendHttp)(sent);
  const milliseconds = performance.now() - started;
  if ('noAnswer' in answer) return { ...named, sent, failures: [`no response: ${answer.noAnswer}`], assertions: 1 };
  const received: Received = { ...answer, milliseconds, body: await readJson(answer.text) };
  const { failures, assertions } = judge(step.expect, received, target, variables.lookup);
  return {
    ...named,
    sent,
    received,
    failures: [...failures, ...keep(step, received.body, received.headers, variables)],
    assertions,
  };
}

/** Undefined for an empty body; a body that is not JSON stays a string, in which no pointer finds anything. */
function readJson(text: string): Promise<Json | undefined> {
  const parsed = Promise.resolve(text).then((json) => (json === '' ? undefined : (JSON.parse(json) as Json)));
  return parsed.then(
    (json) => json,
    () => text,
  );
}
