import type { Expectation, Flow, FlowRequest, RequestStep, Step } from '../../traffic/flow';
import answers from './answers.json';

/** A check as plans have it: a request of a client's flow (by its step's name) or one of its own, and what the answer must be. */
export interface PlannedCheck {
  readonly step?: string;
  readonly name: string;
  readonly request?: FlowRequest;
  /** Names of `answers.json`. */
  readonly is?: readonly string[];
  readonly expect?: Expectation;
  readonly capture?: Readonly<Record<string, string>>;
  /** `note` where a failure is no reason to stop. */
  readonly level?: 'note';
  readonly matters: string;
  readonly cure: string;
}

/**
 * What one identity provider does, as checks. The requests are those of a flow in traffic/clients; what is expected of the answers
 * is what the provider needs, of anybody's endpoint, and not all that ours gives.
 */
export interface Plan {
  readonly title: string;
  /** The name of the flow. */
  readonly from: string;
  /** Whether it creates something. */
  readonly writes?: boolean;
  /** Whether nothing else is worth trying when it fails. */
  readonly gate?: boolean;
  readonly checks: readonly PlannedCheck[];
}

/** What a failure to prepare means. */
const preparation = {
  is: ['created'],
  matters: 'What the next checks need.',
  cure: 'Answer 201 with the resource and its id.',
};

const namedAnswers = new Map<string, Expectation>(Object.entries(answers as Readonly<Record<string, Expectation>>));

/** The checks of a plan with those that prepare it: one for each step of the flow to come. */
export function checksOf(plan: Plan, flow: Flow): readonly PlannedCheck[] {
  const planned = new Set(plan.checks.map(({ step }) => step));
  const setup = plan.writes ? (flow.setup ?? []).filter(isRequest) : [];
  const prepared = setup
    .filter(({ name }) => !planned.has(name))
    .map(({ name, capture }): PlannedCheck => ({ ...preparation, step: name, name, ...(capture ? { capture } : {}) }));
  return [...prepared, ...plan.checks];
}

/**
 * The flow that plays a plan's checks, one step each.
 * @throws Error when the plan names a step or an answer that is not there: the flow was changed and the plan was not
 */
export function flowOf(plan: Plan, flow: Flow): Flow {
  const steps = [...(flow.setup ?? []), ...flow.steps].filter(isRequest);
  const { setup: _, needs: __, ...rest } = flow;
  return {
    ...rest,
    steps: checksOf(plan, flow).map((check): RequestStep => {
      const request = check.request ?? steps.find(({ name }) => name === check.step)?.request;
      if (!request)
        throw new Error(`traffic/clients/${flow.name}.json has no step "${check.step}" for "${plan.title}".`);
      return { name: check.name, request, expect: expectationOf(check), capture: check.capture ?? {} };
    }),
  };
}

function expectationOf({ is = [], expect = {} }: PlannedCheck): Expectation {
  const all = [...is.map(namedAnswer), expect];
  const body = Object.assign({}, ...all.map((one) => one.body ?? {})) as NonNullable<Expectation['body']>;
  return { ...Object.assign({}, ...all), body };
}

function namedAnswer(name: string): Expectation {
  const answer = namedAnswers.get(name);
  if (!answer) throw new Error(`cli/doctor/answers.json has no "${name}".`);
  return answer;
}

function isRequest(step: Step): step is RequestStep {
  return 'request' in step;
}
