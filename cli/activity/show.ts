import { actorOf, type DescribedRow, describeRow } from '../../operator/activity/describe';
import { findRequest } from '../../operator/activity/request';
import type { Session } from '../command';
import { localTime } from '../local-time';
import { type CommandOutput, facts } from '../output';

/** `activity show`. */
export async function showRequest({ deployment }: Session, _options: unknown, given: string): Promise<CommandOutput> {
  const { rows, more, labels } = await findRequest(deployment, given);
  const described = rows.map(describeRow);
  return {
    data: described,
    text: described.map((row) => describe(row, labels.get(row.tenantId))).join('\n\n'),
    notes: more ? [`These are the first ${rows.length}: "npx scim-admin activity <tenant> --json" has all.`] : [],
  };
}

/** Everything that a row says, one fact per line. */
function describe(row: DescribedRow, label: string | undefined): string {
  const { personal = {}, resource, remedy, actor } = row;
  const entries: readonly (readonly [string, string | number | undefined])[] = [
    ['What', row.sentence],
    ['Time', localTime(row.time)],
    ['Tenant', joined(row.tenantId, label && `(${label})`)],
    ['By', joined(actorOf(row), actor.label && actor.credential && `(credential ${actor.credential})`)],
    ['Identity', actor.identity],
    ['From', joined(row.address, row.agent)],
    ['Request', joined(row.method, row.path, row.request && `(${row.request})`)],
    ['Resource', joined(resource?.type, resource?.id, personal.name)],
    ['Changed', row.changed?.join(', ')],
    [
      'Counts',
      Object.entries(row.counts ?? {})
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
    ],
    ['Status', joined(row.status?.toString(), row.scimType)],
    ['Detail', personal.detail],
    ['To do', remedy?.do],
    ['See', remedy?.docs],
    ['Took', row.milliseconds === undefined ? undefined : `${row.milliseconds} ms`],
    ['Sent', personal.sent],
    ['Answered', personal.answered],
    ['Kept until', localTime(row.expires)],
  ];
  return facts(
    entries.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)] as const])),
  );
}

/** What is known of some parts. */
function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
