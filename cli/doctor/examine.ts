import type { Flow } from '../../traffic/flow';
import { checkAddress } from './address';
import type { Check } from './check';
import { keepAccount } from './created';
import type { Plan } from './plan';
import { plans } from './plans';
import { play } from './play';
import { checkTls } from './tls';
import { checkToken } from './token';

/** What the doctor is asked to look at. */
export interface Examination {
  readonly baseUrl: string;
  readonly token: string;
  /** Whether to create and delete throw-away users and groups. */
  readonly write: boolean;
  readonly flows: readonly Flow[];
  readonly now: Date;
  readonly stopped: AbortSignal;
  readonly onCheck: (check: Check) => void;
}

export interface Findings {
  readonly checks: readonly Check[];
  /** Why the rest was not looked at, if it was not. */
  readonly ended?: string;
  /** What could not be deleted. */
  readonly left: readonly string[];
}

/** Looks at an endpoint from its URL's shape to whole lives of users and groups, and cleans up, whatever happens. */
export async function examine(examination: Examination): Promise<Findings> {
  const { baseUrl, token, now, stopped, onCheck } = examination;
  const shape = [...checkAddress(baseUrl), ...checkToken(token)];
  for (const check of shape) onCheck(check);
  if (!URL.canParse(baseUrl)) return { checks: shape, ended: 'without a URL there is nothing to ask', left: [] };
  const tls = await checkTls(baseUrl, now);
  for (const check of tls) onCheck(check);
  const before = [...shape, ...tls];
  if (tls.some(({ verdict }) => verdict === 'failed')) {
    return { checks: before, ended: 'without a trusted connection there is nothing to ask', left: [] };
  }
  // A trailing slash was spoken of; with it, every request would fail for the same reason.
  const patient = { baseUrl: baseUrl.replace(/\/+$/, ''), token };
  const account = keepAccount(token, stopped);
  let left: readonly string[] = [];
  const played = await playAll(examination, (plan, flow) =>
    play(plan, flow, { ...patient, send: account.send, stopped }, onCheck),
  ).finally(async () => {
    left = await account.cleanUp();
  });
  return { ...played, checks: [...before, ...played.checks], left };
}

async function playAll(
  { flows, write, stopped }: Examination,
  one: (plan: Plan, flow: Flow) => Promise<readonly Check[]>,
): Promise<Omit<Findings, 'left'>> {
  const checks: Check[] = [];
  for (const plan of plans.filter(({ writes }) => write || !writes)) {
    if (stopped.aborted) return { checks, ended: 'interrupted' };
    const flow = flows.find(({ name }) => name === plan.from);
    if (!flow) throw new Error(`traffic/clients has no ${plan.from}.json for "${plan.title}".`);
    const done = await one(plan, flow);
    checks.push(...done);
    if (plan.gate && done.some(({ verdict }) => verdict === 'failed')) {
      return { checks, ended: 'the rest is not worth asking before this is answered' };
    }
  }
  return { checks };
}
