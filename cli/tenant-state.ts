import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { userType } from '../lambda/directory/resource-types';
import { stateCacheTime } from '../lambda/store/tenant-state';
import type { Tenant } from '../lambda/tenants/tenant';
import { recordAction } from '../operator/activity/record-action';
import { openDirectory } from '../operator/directory/read';
import { describeHolds, releaseTenant, releaseUser, type Standing, setBrake } from '../operator/tenants/brake';
import { findTenant } from '../operator/tenants/provision';
import { pauseTenant, resumeTenant } from '../operator/tenants/state';
import { onDeployment, type Session, type Shell } from './command';
import { parseDuration } from './duration';
import type { CommandOutput } from './output';
import { utcTime } from './time';

/** When every process follows a change of a tenant's state. */
const soon = `within ${stateCacheTime / 1000} seconds`;

/** `tenant pause|resume|brake|release`. */
export function tenantStateCommands(tenant: Command, shell: Shell): void {
  onDeployment(
    shell,
    tenant
      .command('pause <tenant>')
      .description('answer every request with 503, and change nothing, until "tenant resume"')
      .addHelpText(
        'after',
        '\nUse it rather than "tenant disable" (401), after which identity providers give\nup. See docs/brake.md.',
      ),
    pause,
  );
  onDeployment(
    shell,
    tenant
      .command('brake <tenant>')
      .description('hold disables, deletes and removals of members past a limit; off by default')
      .addArgument(new Argument('<switch>').choices(['on', 'off']))
      .addHelpText('after', '\ndocs/brake.md has the limits, and says what identity providers do then.'),
    switchBrake,
  );
  onDeployment(
    shell,
    tenant
      .command('release <tenant>')
      .description('let through what the brake holds')
      .addOption(
        new Option(
          '--for <time>',
          'hold nothing for this time, such as 2h (default: as long as it was held, and an hour)',
        ).argParser(parseSpan),
      )
      .addOption(new Option('--user <name>', 'release one user only (id or userName)').conflicts('for'))
      .addHelpText('after', '\nLook at what is held first: docs/brake.md says how.'),
    release,
  );
  onDeployment(shell, tenant.command('resume <tenant>').description('accept requests again after a pause'), resume);
}

async function pause({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  const { paused = '' } = await pauseTenant(deployment.services, tenant);
  const notes = await recordAction(deployment, tenant.tenantId, { action: 'tenantPaused' });
  return {
    data: { tenantId: tenant.tenantId, paused },
    text: `Tenant ${tenant.tenantId} (${tenant.label}) is paused since ${utcTime(paused)}: its requests get 503, ${soon}.`,
    notes: [...notes, `Run "npx scim-admin tenant resume ${tenant.label}" to accept them again.`],
  };
}

async function resume({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  const { paused } = await deployment.services.tenants.readState(tenant.tenantId);
  if (paused === undefined) {
    return {
      data: { tenantId: tenant.tenantId, resumed: false },
      text: `Tenant ${tenant.tenantId} (${tenant.label}) is not paused: nothing was changed.`,
    };
  }
  await resumeTenant(deployment.services, tenant);
  const notes = await recordAction(deployment, tenant.tenantId, { action: 'tenantResumed' });
  return {
    data: { tenantId: tenant.tenantId, resumed: true },
    text: `Tenant ${tenant.tenantId} (${tenant.label}) accepts requests again, ${soon}.`,
    notes,
  };
}

async function switchBrake(
  { deployment }: Session,
  _options: unknown,
  name: string,
  to: string,
): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  const on = to === 'on';
  await setBrake(deployment, tenant, on);
  const notes = await recordAction(deployment, tenant.tenantId, { action: on ? 'brakeOn' : 'brakeOff' });
  return {
    data: { tenantId: tenant.tenantId, brake: on },
    text: on
      ? `The brake of tenant ${tenant.tenantId} (${tenant.label}) is on, ${soon}: disables, deletes and removals of members past the limit get 429 until they are released.`
      : `The brake of tenant ${tenant.tenantId} (${tenant.label}) is off, ${soon}: nothing is held.`,
    notes,
  };
}

interface ReleaseOptions {
  readonly for?: number;
  readonly user?: string;
}

async function release(session: Session, options: ReleaseOptions, name: string): Promise<CommandOutput> {
  const { deployment } = session;
  const tenant = await findTenant(deployment.services, name);
  if (options.user !== undefined) return releaseOne(session, tenant, options.user);
  const until = await releaseTenant(deployment, tenant, options.for);
  const notes = await recordAction(deployment, tenant.tenantId, { action: 'brakeReleased', values: { until } });
  return {
    data: { tenantId: tenant.tenantId, releasedUntil: until },
    text: `Nothing of tenant ${tenant.tenantId} (${tenant.label}) is held until ${utcTime(until)}, ${soon}. Then counting begins again.`,
    notes: [
      ...notes,
      'The identity provider sends the requests again by itself, or an administrator starts them there.',
    ],
  };
}

async function releaseOne({ deployment }: Session, tenant: Tenant, user: string): Promise<CommandOutput> {
  const directory = await openDirectory(deployment, tenant.tenantId);
  const { id, userName } = await directory.find(userType, user, { attributes: 'userName' });
  await releaseUser(deployment, tenant, String(id));
  const notes = await recordAction(deployment, tenant.tenantId, {
    action: 'userReleased',
    resource: { type: 'User', id: String(id) },
    personal: { name: String(userName) },
  });
  return {
    data: { tenantId: tenant.tenantId, id: String(id), released: true },
    text: `User ${String(userName)} (${String(id)}) may be disabled or deleted; everything else stays held.`,
    notes,
  };
}

/** The longest release. */
const longestRelease = 7 * 24 * 3_600_000;

function parseSpan(text: string): number {
  const span = parseDuration(text);
  if (span > 0 && span <= longestRelease) return span;
  throw new InvalidArgumentError('Use a time from 1m to 7d, such as 2h.');
}

/** What the brake of a tenant does now. */
export function brakeText({ brake, holds, releasedUntil }: Standing, now: Date): string {
  if (!brake) return 'off';
  if (holds) return `on, ${describeHolds(holds, utcTime)}`;
  const released = releasedUntil !== undefined && Date.parse(releasedUntil) > now.getTime();
  return released ? `on, holds nothing until ${utcTime(releasedUntil)}` : 'on';
}
