import type { Tenant as StoredTenant } from '../../lambda/tenants/tenant';
import { deleteWholeTenant } from '../../operator/actions/delete-tenant';
import type { Deployment } from '../../operator/connection/open';
import { readStanding, type Standing } from '../../operator/tenants/brake';
import { setTenantTier } from '../../operator/tenants/limits';
import { createTenant, renameTenant, setTenantState } from '../../operator/tenants/provision';
import { pauseTenant, resumeTenant, setLocalChanges } from '../../operator/tenants/state';
import type { Hold } from './brake';
import { days } from './duration';
import { given } from './given';
import type { Session } from './session';
import type { NewToken } from './tokens';

/** The rules that a tenant follows: chosen when it is created. */
export type Profile = 'identity-center' | 'standard' | 'aws-scim-clients';

/** A tier of limits: how many requests a tenant may send. */
export type Tier = 'low' | 'standard' | 'high';

/** A tenant, as lists have it. */
export interface Tenant {
  readonly tenantId: string;
  /** Its name for people: unique in the deployment, ignoring case. */
  readonly label: string;
  readonly profile: Profile;
  readonly state: 'enabled' | 'disabled';
  /** When it was created, as ISO 8601 in UTC. */
  readonly created: string;
  /** The tier of its limits; absent while it shares those of `standard` with other tenants. */
  readonly tier?: Tier;
  /** What its administrator pastes into the identity provider. */
  readonly baseUrl: string;
}

/** A tenant with what has been set for it. */
export interface TenantDetails extends Tenant {
  /** Since when it is paused, as ISO 8601 in UTC; absent if it is not. */
  readonly paused?: string;
  /** Whether its brake is on. */
  readonly brake: boolean;
  /** What its brake holds. */
  readonly holds: readonly Hold[];
  /** Whether operators and applications may restore users and groups. */
  readonly localChanges: boolean;
}

/** What `create` is told. */
export interface TenantOptions {
  /** A name for people: 1 to 64 letters, digits, dots, hyphens or underscores; unique in the deployment. */
  readonly label: string;
  /** The rules that it follows. They cannot be changed later. @default 'identity-center' */
  readonly profile?: Profile;
  /** The name of its first token, such as that of the identity provider. */
  readonly tokenLabel?: string;
  /** How many days its first token lives. @default 365, or the longest that the deployment allows */
  readonly tokenDays?: number;
}

/** A new tenant with its first token. */
export interface NewTenant extends Pick<Tenant, 'tenantId' | 'label' | 'profile' | 'baseUrl'> {
  readonly token: NewToken;
}

/** What `delete` may be told. */
export interface DeleteOptions {
  /**
   * Whether to wait half a minute for requests under way, and delete what they wrote. Without, such remains may stay until
   * `scim-admin check --repair`.
   *
   * @default true
   */
  readonly wait?: boolean;
  /** Stops after the step under way; a second `delete` completes it. */
  readonly signal?: AbortSignal;
}

/** The operations on tenants themselves. */
export interface TenantOperations {
  /**
   * Creates a tenant with its first token.
   *
   * @throws RefusedError if the label is not valid or belongs to another tenant, or the token would live too long
   */
  create(options: TenantOptions): Promise<NewTenant>;
  /** All tenants, in no order, to be read by `for await`. */
  list(): AsyncIterable<Tenant>;
  /** Reads a tenant, strongly consistent. @returns undefined if there is none with this id */
  get(tenantId: string): Promise<TenantDetails | undefined>;
  /** Reads the tenant with a label, ignoring case. @returns undefined if there is none */
  findByLabel(label: string): Promise<TenantDetails | undefined>;
  /**
   * Changes the label of a tenant. Its id, Base URL and credentials stay.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if the label is not valid or belongs to another tenant
   */
  rename(tenantId: string, label: string): Promise<void>;
  /**
   * Refuses the requests of a tenant with 401, within two minutes. Directory and credentials stay. Identity providers give
   * up after that: to hold requests for some hours, `pause`.
   *
   * @throws UnknownTenantError if there is no such tenant
   */
  disable(tenantId: string): Promise<void>;
  /**
   * Accepts the requests of a disabled tenant again, within two minutes.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if it is being deleted
   */
  enable(tenantId: string): Promise<void>;
  /**
   * Answers the requests of a tenant with 503, within 5 seconds, until `resume`: identity providers repeat them.
   *
   * @returns since when it is paused, as ISO 8601 in UTC
   * @throws UnknownTenantError if there is no such tenant
   */
  pause(tenantId: string): Promise<string>;
  /** Ends a pause, within 5 seconds. @throws UnknownTenantError if there is no such tenant */
  resume(tenantId: string): Promise<void>;
  /**
   * Chooses how many requests a tenant may send, within two minutes.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if the deployment does not limit tenants, or the account has no room for an API key
   */
  setLimits(tenantId: string, tier: Tier): Promise<void>;
  /**
   * Says whether operators and applications may restore users and groups, or only the identity provider may change them.
   *
   * @throws UnknownTenantError if there is no such tenant
   */
  setLocalChanges(tenantId: string, allowed: boolean): Promise<void>;
  /**
   * Deletes a tenant with its credentials, users, groups and activity. It cannot be undone. It takes half a minute, and
   * longer for thousands of users: give a function time for it. A second call completes an interrupted one.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if it was stopped by the signal, or changed by somebody else in the meantime
   */
  delete(tenantId: string, options?: DeleteOptions): Promise<void>;
}

const stateActions = { enabled: 'tenantEnabled', disabled: 'tenantDisabled' } as const;

/** The operations on tenants. @internal */
export function tenantOperations(session: Session): TenantOperations {
  const setState = (state: StoredTenant['state']) => (tenantId: string) =>
    session.change(tenantId, async ({ services }) => {
      await setTenantState(services, tenantId, state);
      return [{ action: stateActions[state] }, undefined];
    });
  return {
    create: ({ label, profile = 'identity-center', tokenLabel, tokenDays }) =>
      session.run(async (deployment) => {
        const { tenantId, ...token } = await createTenant(deployment.services, {
          label,
          profile,
          ...given({ tokenLabel, life: days(tokenDays) }),
        });
        await session.record(deployment, tenantId, { action: 'tenantCreated', values: { label, profile } });
        return { tenantId, label, profile, baseUrl: deployment.baseUrl(tenantId), token };
      }),
    list: () =>
      session.iterate(async function* (deployment) {
        for await (const tenant of deployment.services.tenants.list()) yield listed(deployment, tenant);
      }, 'grantManageTenants'),
    get: (tenantId) =>
      session.run(async (deployment) => detailsOf(deployment, await session.find(deployment, tenantId))),
    findByLabel: (label) =>
      session.run(async (deployment) => detailsOf(deployment, await deployment.services.tenants.findByLabel(label))),
    rename: (tenantId, label) =>
      session.change(tenantId, async ({ services }, tenant) => {
        await renameTenant(services, tenant, label);
        return [{ action: 'tenantRenamed', values: { from: tenant.label, label } }, undefined];
      }),
    disable: setState('disabled'),
    enable: setState('enabled'),
    pause: (tenantId) =>
      session.change(tenantId, async ({ services }, tenant) => {
        const { paused = '' } = await pauseTenant(services, tenant);
        return [{ action: 'tenantPaused' }, paused];
      }),
    resume: (tenantId) =>
      session.change(tenantId, async ({ services }, tenant) => {
        await resumeTenant(services, tenant);
        return [{ action: 'tenantResumed' }, undefined];
      }),
    setLimits: (tenantId, tier) =>
      session.change(tenantId, async ({ services }, tenant) => {
        await setTenantTier(services, tenant, tier);
        return [{ action: 'limitsChanged', values: { tier } }, undefined];
      }),
    setLocalChanges: (tenantId, allowed) =>
      session.change(tenantId, async ({ services }, tenant) => {
        await setLocalChanges(services, tenant, allowed);
        return [{ action: allowed ? 'localChangesOn' : 'localChangesOff' }, undefined];
      }),
    delete: (tenantId, { wait, signal } = {}) =>
      session.of(tenantId, async (deployment, tenant) => {
        const { notes } = await deleteWholeTenant(deployment, tenant, given({ signal, wait }), given({ signal }));
        session.report(notes);
      }),
  };
}

function listed({ baseUrl }: Deployment, { tenantId, label, profile, state, created, tier }: StoredTenant): Tenant {
  return { tenantId, label, profile, state, created, ...given({ tier }), baseUrl: baseUrl(tenantId) };
}

async function detailsOf(deployment: Deployment, tenant: StoredTenant | undefined): Promise<TenantDetails | undefined> {
  if (!tenant) return undefined;
  const standing: Standing = await readStanding(deployment, tenant.tenantId);
  const { paused, brake = false, holds = [], localChanges = true } = standing;
  return {
    ...listed(deployment, tenant),
    ...given({ paused }),
    brake,
    holds: holds.map(({ counter, since, counted, limit }) => ({ counter, since, counted, limit })),
    localChanges,
  };
}
