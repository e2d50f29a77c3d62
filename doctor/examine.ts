import type { Flow } from '../traffic/flow';
import { checkAddress } from './address';
import { keepAccount } from './created';
import { sweepLeftovers } from './leftovers';
import type { Plan } from './plan';
import { plans } from './plans';
import { type Patient, play } from './play';
import { checkRate } from './rate';
import { type Client, checkClient, checkSignIn, signIn } from './sign-in';
import { checkTls } from './tls';
import { checkToken } from './token';
import type { Check } from './verdict';

/** Options of the doctor. */
export interface Examination {
  readonly baseUrl: string;
  /** An API token, or a client that gets access tokens. */
  readonly credential: string | Client;
  /** Whether to create and delete test users and groups. */
  readonly write: boolean;
  readonly flows: readonly Flow[];
  readonly now: Date;
  readonly stopped: AbortSignal;
  readonly onCheck: (check: Check) => void;
}

export interface Findings {
  readonly checks: readonly Check[];
  /** Why the remaining checks were skipped, if they were. */
  readonly ended?: string;
  /** URLs of resources that could not be deleted. */
  readonly left: readonly string[];
}

/** Checks an endpoint, from the form of its URL to creating and deleting users and groups, and always cleans up. */
export async function examine(examination: Examination): Promise<Findings> {
  const { baseUrl, credential, now, stopped, onCheck } = examination;
  const isToken = typeof credential === 'string';
  const shape = [...checkAddress(baseUrl), ...(isToken ? checkToken(credential) : checkClient(credential))];
  for (const check of shape) onCheck(check);
  if (!URL.canParse(baseUrl)) return { checks: shape, ended: 'without a URL nothing can be checked', left: [] };
  const tls = await checkTls(baseUrl, now);
  for (const check of tls) onCheck(check);
  const before = [...shape, ...tls];
  if (tls.some(({ verdict }) => verdict === 'failed')) {
    return { checks: before, ended: 'without a trusted connection nothing can be checked', left: [] };
  }
  const signedIn = isToken ? undefined : await signIn(credential);
  if (signedIn) {
    before.push(signedIn.check);
    onCheck(signedIn.check);
  }
  const token = isToken ? credential : signedIn?.token;
  if (token === undefined) {
    return { checks: before, ended: 'without an access token nothing can be checked', left: [] };
  }
  // A trailing slash is reported already; with it, every request would fail for the same reason.
  const patient = { baseUrl: baseUrl.replace(/\/+$/, ''), token };
  const account = keepAccount(token, stopped);
  let left: readonly string[] = [];
  const played = await runAll(examination, { ...patient, send: account.send, stopped }).finally(async () => {
    left = await account.cleanUp();
  });
  return { ...played, checks: [...before, ...played.checks], left };
}

/** A part of the examination. */
interface Stage {
  /** Whether to skip the stages after it if a check fails. */
  readonly gate?: boolean;
  readonly run: (patient: Patient, onCheck: (check: Check) => void) => Promise<readonly Check[]>;
}

async function runAll(
  { stopped, onCheck, ...examination }: Examination,
  patient: Patient,
): Promise<Omit<Findings, 'left'>> {
  const checks: Check[] = [];
  for (const { gate, run } of stagesOf(examination)) {
    if (stopped.aborted) return { checks, ended: 'interrupted' };
    const done = await run(patient, onCheck);
    checks.push(...done);
    if (gate && done.some(({ verdict }) => verdict === 'failed')) {
      return { checks, ended: 'the other checks need this one to pass' };
    }
  }
  return { checks };
}

/** The stages that only read, then those that write, after what an earlier run left is deleted. */
function stagesOf({ credential, flows, write, now }: Omit<Examination, 'stopped' | 'onCheck'>): readonly Stage[] {
  const toStage = (plan: Plan): Stage => ({
    ...(plan.gate ? { gate: true } : {}),
    run: (patient, onCheck) => play(plan, flowOfPlan(plan, flows), patient, onCheck),
  });
  const signingIn: Stage[] =
    typeof credential === 'string' ? [] : [{ run: (patient, onCheck) => checkSignIn(credential, patient, onCheck) }];
  const reading = [...signingIn, ...plans.filter(({ writes }) => !writes).map(toStage)];
  if (!write) return reading;
  const sweeping: Stage = { run: (patient, onCheck) => sweepLeftovers(patient, now, onCheck) };
  // Last, because an endpoint with a lower limit refuses what comes after it.
  return [...reading, sweeping, ...plans.filter(({ writes }) => writes).map(toStage), { run: checkRate }];
}

function flowOfPlan({ from, title }: Plan, flows: readonly Flow[]): Flow {
  const flow = flows.find(({ name }) => name === from);
  if (!flow) throw new Error(`traffic/clients has no ${from}.json for "${title}".`);
  return flow;
}
