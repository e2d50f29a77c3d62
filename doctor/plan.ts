import type { Expectation, Flow, FlowRequest, RequestStep, Step } from '../traffic/flow';
import answers from './answers.json';

/** A check in a plan: a request of a client's flow (by its step's name) or its own request, and the expected response. */
export interface PlannedCheck {
  readonly step?: string;
  readonly name: string;
  readonly request?: FlowRequest;
  /** Names of `answers.json`. */
  readonly is?: readonly string[];
  readonly expect?: Expectation;
  readonly capture?: Readonly<Record<string, string>>;
  /** How often to send it; `${index}` counts from 1. @default 1 */
  readonly times?: number;
  /** `note` if a failure is not a reason to stop. */
  readonly level?: 'note';
  readonly matters: string;
  readonly cure: string;
  /** What to do instead if the response has this status (`401`, `5xx`) or is a web page (`page`). */
  readonly cures?: Readonly<Record<string, string>>;
}

/**
 * The behaviour of one identity provider, as checks. The requests are those of a flow in traffic/clients. The expected
 * responses are what the provider needs from any endpoint, not everything that ours returns.
 */
export interface Plan {
  readonly title: string;
  /** The name of the flow. @default - every check has its own request */
  readonly from?: string;
  /** Whether it creates resources. */
  readonly writes?: boolean;
  /** Whether to skip the other plans if it fails. */
  readonly gate?: boolean;
  readonly checks: readonly PlannedCheck[];
}

/** The check for steps that prepare others. */
const preparation = {
  is: ['created'],
  matters: 'The next checks need it.',
  cure: 'Return 201 with the resource and its id.',
};

const namedAnswers = new Map<string, Expectation>(Object.entries(answers as Readonly<Record<string, Expectation>>));

/** The checks of a plan and of its preparation, one for each step of the flow. */
export function checksOf(plan: Plan, flow: Flow): readonly PlannedCheck[] {
  const planned = new Set(plan.checks.map(({ step }) => step));
  const setup = plan.writes ? (flow.setup ?? []).filter(isRequest) : [];
  const prepared = setup
    .filter(({ name }) => !planned.has(name))
    .map(({ name, capture }): PlannedCheck => ({ ...preparation, step: name, name, ...(capture ? { capture } : {}) }));
  return [...prepared, ...plan.checks.flatMap(repeated)];
}

function repeated(check: PlannedCheck): readonly PlannedCheck[] {
  const { times = 1 } = check;
  return Array.from({ length: times }, (_, position) =>
    JSON.parse(JSON.stringify(check).replaceAll('${index}', String(position + 1))),
  ) as readonly PlannedCheck[];
}

/**
 * Makes the flow of a plan, with one step for each check.
 * @throws Error if the plan names a step or an expectation that does not exist: the flow was changed but the plan was not
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
  if (!answer) throw new Error(`doctor/answers.json has no "${name}".`);
  return answer;
}

function isRequest(step: Step): step is RequestStep {
  return 'request' in step;
}
