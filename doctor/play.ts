import type { StepResult } from '../traffic/exchange';
import type { Flow } from '../traffic/flow';
import { runFlow } from '../traffic/run';
import type { Send } from '../traffic/send';
import type { Target } from '../traffic/target';
import { findingOf } from './finding';
import { checksOf, flowOf, type Plan, type PlannedCheck } from './plan';
import { underTestDomain } from './test-names';
import type { Check, Exchange, Verdict } from './verdict';

/** Maximum number of characters of a body that are shown. */
const shownCharacters = 600;

/** The endpoint that the doctor checks. */
export interface Patient {
  readonly baseUrl: string;
  readonly token: string;
  /** What no output may show, besides the token. */
  readonly secrets?: readonly string[];
  readonly send: Send;
  /** Aborted when the operator interrupts; requests without a response then do not count. */
  readonly stopped: AbortSignal;
}

/** Runs a plan against an endpoint, and reports each check as soon as it is done. */
export async function play(
  plan: Plan,
  flow: Flow,
  patient: Patient,
  onCheck: (check: Check) => void,
  places: Pick<Target, 'otherBaseUrl'> = {},
): Promise<readonly Check[]> {
  const planned = checksOf(plan, flow);
  const checks: Check[] = [];
  await runFlow(underTestDomain(flowOf(plan, flow)), { ...patient, ...places, profile: 'any' }, (result) => {
    const of = planned[checks.length];
    if (!of) return;
    const check = toCheck(plan, of, result, patient);
    checks.push(check);
    onCheck(check);
  });
  return checks;
}

function toCheck({ title }: Plan, planned: PlannedCheck, result: StepResult, patient: Patient): Check {
  const { name, matters, level } = planned;
  const { found: failures, cure } = findingOf(planned, result);
  const found = failures.map((failure) => withoutSecrets(failure, patient));
  const exchange = result.sent && toExchange(result, patient);
  return {
    title,
    name,
    verdict: isCutOff(result, patient) ? 'not done' : verdictOf(result, level),
    found,
    matters,
    cure,
    ...(exchange ? { exchange } : {}),
  };
}

function isCutOff({ received }: StepResult, { stopped }: Patient): boolean {
  return received === undefined && stopped.aborted;
}

function verdictOf({ failures, sent }: StepResult, level: PlannedCheck['level']): Verdict {
  if (failures.length === 0) return 'ok';
  if (!sent) return 'not done';
  return level ?? 'failed';
}

function toExchange({ sent, received }: StepResult, patient: Patient): Exchange {
  const shown = (text: string) => cut(withoutSecrets(text, patient));
  const { method = '', url = '' } = sent ?? {};
  const below = url.startsWith(patient.baseUrl) ? url.slice(patient.baseUrl.length) : '';
  return {
    method,
    path: below || new URL(url).pathname,
    url,
    ...(sent?.body === undefined ? {} : { body: shown(sent.body) }),
    ...(received
      ? {
          status: received.status,
          milliseconds: Math.round(received.milliseconds),
          ...(received.text === '' ? {} : { answer: shown(received.text) }),
        }
      : {}),
  };
}

/** An endpoint may echo a token or a secret, for instance in an error; a token endpoint returns new tokens. */
function withoutSecrets(text: string, { token, secrets = [] }: Patient): string {
  const hidden = [token, ...secrets].filter((secret) => secret !== '');
  const shown = hidden.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  return shown.replace(/("access_token"\s*:\s*")[^"]*/g, '$1…');
}

function cut(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}… (${text.length} characters)` : text;
}
