import { keepAccount } from '../../../doctor/created';
import { sweepLeftovers } from '../../../doctor/leftovers';
import { plans } from '../../../doctor/plans';
import { type Patient, play } from '../../../doctor/play';
import type { Check } from '../../../doctor/verdict';
import { OperatorError } from '../../../operator/error';
import { type CreatedToken, createToken, revokeToken } from '../../../operator/tenants/tokens';
import type { TestCheck, TestResult } from '../../../web/api/portal';
import { isExpired, type Tenant } from '../../tenants/tenant';
import { record, type SessionContext, tenantOf } from '../context';
import { PortalError } from '../error';
import { flowNamed } from '../flows';
import { testLabel } from '../test-label';
import { setupOf } from './setup';

/**
 * How long checks are begun, how long a test can take, and how long its token lives if nobody revokes it, in milliseconds.
 * The gateway waits 29 s.
 */
const times = { begin: 18_000, longest: 60_000, token: 3_600_000 };

/** The plans of doctor that are run, by their titles: users and groups are created, changed and removed. */
const titles = {
  okta: ['Okta match', 'Okta PUT user', 'Okta PUT group'],
  entra: ['Entra user', 'Entra group', 'Entra leaver'],
};

/**
 * `test.run`: sends the endpoint what the identity provider will send, with a token of its own, and deletes everything
 * that it made. Its users are under `.invalid`, so that events and lists tell them from people.
 */
export async function runTest(context: SessionContext): Promise<TestResult> {
  const tenant = await tenantOf(context);
  if (tenant.state !== 'enabled') {
    throw new PortalError(409, 'disabled', 'The operator has switched the connection off.', 'Ask the operator why.');
  }
  const { services } = context.services.deployment;
  const { tokenId, token } = await createTestToken(context, tenant);
  try {
    const result = await playPlans(context, tenant, token);
    const count = (verdict: Check['verdict']) => result.checks.filter((check) => check.verdict === verdict).length;
    const counts = { passed: count('ok'), failed: count('failed') };
    await record(context, context.current, { action: 'testRun', counts });
    return result;
  } finally {
    await revokeToken(services, await tenantOf(context), tokenId);
  }
}

/**
 * Creates the token of a test. A tenant has one at a time: its test is running, or was interrupted and left it.
 * @throws PortalError 409 if a test is running
 */
async function createTestToken({ services, now }: SessionContext, tenant: Tenant): Promise<CreatedToken> {
  const { services: operations } = services.deployment;
  for (const [id, { label, created }] of tenant.tokens) {
    if (label !== testLabel) continue;
    if (now.getTime() - Date.parse(created) < times.longest) throw isRunning();
    await revokeToken(operations, tenant, id);
  }
  const others = [...tenant.tokens.values()].filter(
    (each) => each.label !== testLabel && !isExpired(each, operations.clock()),
  );
  const options = { life: times.token, tokenLabel: testLabel, limit: others.length + 1 };
  return await createToken(operations, tenant.tenantId, options).catch((error: unknown) => {
    // Another test was faster.
    throw error instanceof OperatorError ? isRunning(error) : error;
  });
}

const isRunning = (cause?: OperatorError) =>
  new PortalError(409, 'test-running', 'A test is running already.', 'Wait a minute, then try again.', { cause });

async function playPlans(context: SessionContext, { tenantId }: Tenant, token: string): Promise<TestResult> {
  const { deployment } = context.services;
  const { provider } = await setupOf(deployment.tables, tenantId);
  const wanted = titles[provider === 'entra' ? 'entra' : 'okta'];
  const stopped = AbortSignal.timeout(times.begin);
  const account = keepAccount(token, stopped);
  const patient: Patient = { baseUrl: deployment.baseUrl(tenantId), token, send: account.send, stopped };
  const checks: Check[] = [];
  const keep = (check: Check) => checks.push(check);
  let left: readonly string[] = [];
  try {
    await sweepLeftovers(patient, context.now, () => {});
    for (const title of wanted) {
      const plan = plans.find((each) => each.title === title);
      if (plan && !stopped.aborted) await play(plan, flowNamed(plan.from), patient, keep);
    }
  } finally {
    left = await account.cleanUp();
  }
  return {
    checks: checks.map(describe),
    ...(stopped.aborted && { ended: 'The test took too long, so the rest was not done. Run it again.' }),
    left: left.length,
  };
}

/** A check for the administrator: if one fails, nothing is wrong with the identity provider. */
function describe({ title, name, verdict, found }: Check): TestCheck {
  const isFailed = verdict === 'failed';
  return { title, name, verdict, found, remedy: isFailed ? 'Send this result to the operator.' : '' };
}
