import type { Command } from 'commander';
import { type Attention, whatNeedsAttention } from '../operator/activity/attention';
import { actorOf, describeRow } from '../operator/activity/describe';
import type { FailureKind } from '../operator/activity/failures';
import { countUsers, examineTenant, type TenantHealth, type UserCounts } from '../operator/activity/health';
import { localTime } from '../operator/local-time';
import { printable } from '../operator/printable';
import { findTenant } from '../operator/tenants/provision';
import { onDeployment, type Session, type Shell } from './command';
import { follow } from './follow';
import { type CommandOutput, facts } from './output';
import { withHint } from './remedy';
import { wrap } from './width';

/** `tenant health`. */
export function tenantHealthCommand(tenant: Command, shell: Shell): void {
  const examining = tenant
    .command('health <tenant>')
    .description('the last successful request, failures of the last day, and what needs attention')
    .addHelpText(
      'after',
      '\nIt exits with 1 if something needs attention. To count the disabled users it\nreads all users: about $0.02 for a million.',
    );
  onDeployment(shell, examining, run);
}

async function run(session: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const { deployment, terminal, complete } = session;
  const tenant = await findTenant(deployment.services, name);
  const task = follow<number>(session, (read) => `Read ${read} users`);
  const health = { ...(await examineTenant(deployment, tenant)), users: await countUsers(deployment, tenant, task) };
  const attention = whatNeedsAttention(health).map(toText).map(complete);
  return {
    data: { ...asData(health), attention },
    text: describe(health, attention, terminal.columns ?? 80),
    failed: attention.length > 0,
  };
}

function toText({ message, remedy, advice }: Attention): string {
  return [withHint({ message, remedy }), advice?.do, advice?.docs].filter(Boolean).join(' ');
}

type Counted = Omit<TenantHealth, 'users'> & { readonly users: UserCounts };

function describe(health: Counted, attention: readonly string[], width: number): string {
  const { tenantId, label, state, lastSuccess, failures, users, groups } = health;
  const count = failures.reduce((sum, failure) => sum + failure.count, 0);
  const about = facts([
    ['Tenant', `${tenantId} (${label}, ${state})`],
    ['Last success', lastSuccess ? localTime(lastSuccess.time) : 'none that is kept'],
    ...(lastSuccess ? [['', `${actorOf(lastSuccess)}: ${describeRow(lastSuccess).sentence}`] as const] : []),
    ['Users', `${users.enabled} enabled, ${users.disabled} disabled`],
    ['Groups', String(groups)],
    ['Failures', count === 0 ? 'none in the last day' : `${count} in the last day`],
  ]);
  const listed = (texts: readonly string[]) =>
    texts.flatMap((text) => wrap(printable(text), width - 2).map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`)));
  return [
    about,
    ...(failures.length === 0 ? [] : ['', 'Failures by kind:', ...listed(failures.map(describeKind))]),
    '',
    ...(attention.length === 0 ? ['Nothing needs attention.'] : ['Needs attention:', ...listed(attention)]),
  ].join('\n');
}

function describeKind({ status, count, sentence, last }: FailureKind): string {
  return `${count} × ${status}, last ${localTime(last.time)}: ${sentence}`;
}

function asData({ lastSuccess, failures, repeated, ...rest }: Counted) {
  const described = <Kind extends FailureKind>({ last, ...kind }: Kind) => ({ ...kind, last: describeRow(last) });
  return {
    ...rest,
    lastSuccess: lastSuccess ? describeRow(lastSuccess) : null,
    failures: failures.map(described),
    repeated: repeated.map(described),
  };
}
