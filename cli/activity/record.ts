import { recordBodiesUntil } from '../../operator/activity/record-bodies';
import { OperatorError } from '../../operator/error';
import { localTime } from '../../operator/local-time';
import { findTenant } from '../../operator/tenants/provision';
import type { Session } from '../command';
import type { CommandOutput } from '../output';

interface RecordOptions {
  /** Milliseconds. */
  readonly for?: number;
  readonly stop?: true;
}

/** `activity record`. @throws OperatorError if neither `--for` nor `--stop` is passed */
export async function recordBodies(
  { deployment }: Session,
  { for: time, stop }: RecordOptions,
  name: string,
): Promise<CommandOutput> {
  if (time === undefined && !stop) {
    throw new OperatorError('It is not clear how long to record: pass --for, such as --for 2h, or --stop.');
  }
  const tenant = await findTenant(deployment.services, name);
  const until = time === undefined ? undefined : new Date(deployment.services.clock().getTime() + time);
  const notes = await recordBodiesUntil(deployment, tenant, until);
  return {
    data: { tenantId: tenant.tenantId, recordUntil: until?.toISOString() ?? null },
    text: until
      ? `The bodies of the requests of tenant ${tenant.label} are recorded until ${localTime(until.toISOString())}, within 5 seconds from now.`
      : `The bodies of the requests of tenant ${tenant.label} are not recorded any more, within 5 seconds from now.`,
    notes,
  };
}
