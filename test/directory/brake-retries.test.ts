import { limitOf } from '../../lambda/directory/hour-count';
import { groupType, userType } from '../../lambda/directory/resource-types';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import type { JsonObject } from '../../lambda/scim/json';
import { ScimError } from '../../lambda/scim/message/error';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { cachedTenantStates } from '../../lambda/store/tenant-state';
import type { Tenant } from '../../lambda/tenants/tenant';
import { DynamoTenantStore } from '../../operator/store/tenant-store';
import { releaseTenant, setBrake } from '../../operator/tenants/brake';
import { type OpenTables, openTables } from '../store/open-tables';
import { patchBody, request, servicesOver, userBody } from './requests';
import rules from './retry-rules.json';

/** How an identity provider repeats what was held, as it documents it. */
interface Rule {
  readonly client: string;
  /** How many attempts an identity provider makes. */
  readonly attempts: number;
  readonly firstPauseMinutes?: number | 'Retry-After';
  readonly factor?: number;
  /** Instead of pauses: when, after the first failure. */
  readonly attemptsAtHours?: readonly number[];
}

const hour = 3_600_000;
const start = Date.parse('2026-11-27T10:00:00Z');
const people = 30;
const endpoints = [userType, groupType].flatMap(resourceEndpoints);
let open: OpenTables;
let tenants = 0;

beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

/** When a request that was held at `now` is sent again. */
function nextAttempt(rule: Rule, attempt: number, now: number, retryAfter: number): number {
  const { firstPauseMinutes, factor = 1, attemptsAtHours } = rule;
  if (attemptsAtHours) return start + hour * (attemptsAtHours.find((at) => start + hour * at > now) ?? 0);
  const first = firstPauseMinutes === 'Retry-After' ? retryAfter * 1000 : Number(firstPauseMinutes) * 60_000;
  return now + first * factor ** (attempt - 1);
}

/** A tenant with the brake on, on a clock of ours. */
async function setUp() {
  const tenantId = `retries${tenants++}`;
  let now = start;
  const clock = () => new Date(now);
  const services = { ...servicesOver(new DynamoStore(open.tables)), now: clock };
  const state = cachedTenantStates(open.tables, clock);
  const send = async (method: string, path: string, body?: JsonObject) => {
    const sent = { ...request(method, path, { tenantId, ...(body && { body }) }), state: state(tenantId) } as const;
    return dispatch(endpoints, sent)(services, sent);
  };
  const tenant = { tenantId, label: tenantId } as Tenant;
  const deployment = {
    tables: open.tables,
    services: { tenants: new DynamoTenantStore(open.tables), clock },
  } as unknown as Parameters<typeof setBrake>[0];
  await setBrake(deployment, tenant, true);
  const users = await Promise.all(
    Array.from({ length: people }, async (_, at) => {
      const { body } = await send('POST', '/Users', userBody(`p${at}`));
      return String(body?.id);
    }),
  );
  return {
    users,
    setTime: (time: number) => {
      now = time;
    },
    release: (span: number | undefined) => releaseTenant(deployment, tenant, span),
    disable: (id: string) =>
      send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', value: { active: false } })).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof ScimError && error.status === 429) return Number(error.headers['Retry-After']);
          throw error;
        },
      ),
    active: async () => (await send('GET', '/Users?filter=active eq true&count=1')).body?.totalResults,
  };
}

const cases = (
  rules as readonly (Rule & { cases: readonly { releasedAfterHours: number; release: string; givenUp?: boolean }[] })[]
).flatMap((rule) =>
  rule.cases.map((each) => [rule.client, each.releasedAfterHours, each.release, rule, each.givenUp ?? false] as const),
);

test.each(cases)(
  '%s: what was held converges when it is released after %d hours (%s)',
  async (_, releasedAfterHours, release, rule, givesUp) => {
    const { users, setTime, release: releaseNow, disable, active } = await setUp();
    let waiting = users.map((id) => ({ id, attempt: 1, at: start }));
    const givenUp: string[] = [];
    let released = false;

    /** Sends everything that is due at the earliest time, in parallel. */
    const step = async () => {
      const at = Math.min(...waiting.map((each) => each.at));
      if (!released && at >= start + releasedAfterHours * hour) {
        setTime(start + releasedAfterHours * hour);
        expect(await active()).toBe(people - limitOf('users', people));
        await releaseNow(release === 'default' ? undefined : 24 * hour);
        released = true;
      }
      setTime(at);
      const due = waiting.filter((each) => each.at === at);
      waiting = waiting.filter((each) => each.at !== at);
      await Promise.all(
        due.map(async ({ id, attempt }) => {
          const retryAfter = await disable(id);
          if (retryAfter === undefined) return;
          if (attempt === rule.attempts) givenUp.push(id);
          else waiting.push({ id, attempt: attempt + 1, at: nextAttempt(rule, attempt, at, retryAfter) });
        }),
      );
    };
    for (let steps = 0; waiting.length > 0; steps++) {
      if (steps > 60)
        throw new Error(`${waiting.length} requests are still held at ${new Date(waiting[0]?.at ?? 0).toISOString()}.`);
      await step();
    }

    expect(givenUp).toHaveLength(givesUp ? people - limitOf('users', people) : 0);
    if (givesUp) {
      // The administrator chooses "Retry Selected" after the release.
      setTime(start + releasedAfterHours * hour);
      await releaseNow(undefined);
      setTime(start + releasedAfterHours * hour + 60_000);
      for (const id of givenUp) expect(await disable(id)).toBeUndefined();
    }
    expect(await active()).toBe(0);
  },
);
