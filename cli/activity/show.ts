import { actorOf, type DescribedRow, describeRow } from '../../operator/activity/describe';
import { findRequest } from '../../operator/activity/request';
import { localTime } from '../../operator/local-time';
import type { Session } from '../command';
import { type CommandOutput, facts } from '../output';
import { wrap } from '../width';

/** Columns of the longest name, and the gap after it. */
const nameWidth = 'Kept until  '.length;

/** `activity show`. */
export async function showRequest(
  { deployment, terminal }: Session,
  _options: unknown,
  given: string,
): Promise<CommandOutput> {
  const { rows, more, labels } = await findRequest(deployment, given);
  const described = rows.map(describeRow);
  return {
    data: described,
    text: described.map((row) => describe(row, labels.get(row.tenantId), terminal.columns ?? 80)).join('\n\n'),
    notes: more ? [`These are the first ${rows.length}: "npx scim-admin activity <tenant> --json" has all.`] : [],
  };
}

/** Everything that a row says, one fact per line; sentences take more lines where they must. */
function describe(row: DescribedRow, label: string | undefined, width: number): string {
  const { personal = {}, resource, remedy, actor } = row;
  const sentence = (name: string, text = '') =>
    wrap(text, width - nameWidth).map((line, at) => [at === 0 ? name : '', line] as const);
  const entries: readonly (readonly [string, string | undefined])[] = [
    ...sentence('What', row.sentence),
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
    ...sentence('Detail', personal.detail),
    ...sentence('To do', remedy?.do),
    ['See', remedy?.docs],
    ['Took', row.milliseconds === undefined ? undefined : `${row.milliseconds} ms`],
    ['Sent', personal.sent],
    ['Answered', personal.answered],
    ['Kept until', localTime(row.expires)],
  ];
  return facts(
    entries.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value] as const])),
  );
}

/** What is known of some parts. */
function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
