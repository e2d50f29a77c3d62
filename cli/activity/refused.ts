import { countRefusals, type Refusals } from '../../operator/activity/refusals';
import { localTime } from '../../operator/local-time';
import { printable } from '../../operator/printable';
import { findTenant } from '../../operator/tenants/provision';
import type { Session } from '../command';
import type { CommandOutput } from '../output';
import { wrap } from '../width';

/** What `--refused` covers when no time is given: an hour, in milliseconds. */
const usualTime = 3_600_000;

interface RefusedOptions {
  readonly credential?: string;
  readonly since?: Date;
}

/** `activity <tenant> --refused`. */
export async function listRefusals(
  { deployment, terminal }: Session,
  { credential, since = new Date(Date.now() - usualTime) }: RefusedOptions,
  name: string,
): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  const all = await countRefusals(deployment, tenant, since);
  const found = all.filter((one) => credential === undefined || [one.credential, one.label].includes(credential));
  return {
    data: found,
    text:
      found.length === 0
        ? `No credential of tenant ${tenant.label} was refused since ${localTime(since.toISOString())}.`
        : found.map((refusals) => describe(refusals, terminal.columns ?? 80)).join('\n\n'),
    notes: [
      'Not listed are requests without a token, with a mistyped or cut one, or with the token of another tenant.',
      'In a deployment, the log of the function oauth says why a client got no access token.',
    ],
  };
}

function describe({ credential, label, what, count, first, last, do: todo }: Refusals, width: number): string {
  const times = count === 1 ? `once, ${localTime(last)}` : `${count} times, ${localTime(first)} to ${localTime(last)}`;
  const head = `${credential ?? 'A client, at the token endpoint'}${label === undefined ? '' : ` (${label})`}: ${what}`;
  return [
    ...wrap(printable(head), width),
    ...[times, todo].flatMap((text) => wrap(text, width - 2).map((line) => `  ${line}`)),
  ].join('\n');
}
