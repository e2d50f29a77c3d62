import type { Command } from 'commander';
import { actorOf, describeRow } from '../operator/activity/describe';
import type { FailureKind } from '../operator/activity/failures';
import { examineTenant, type TenantHealth } from '../operator/activity/health';
import { printable } from '../operator/printable';
import { findTenant } from '../operator/tenants/provision';
import { onDeployment, type Session, type Shell } from './command';
import { follow } from './follow';
import { localTime } from './local-time';
import { type CommandOutput, facts } from './output';
import { heldText } from './tenant-state';
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
  const health = await examineTenant(deployment, tenant, task);
  const attention = whatNeedsAttention(health).map(complete);
  return {
    data: { ...asData(health), attention },
    text: describe(health, attention, terminal.columns ?? 80),
    failed: attention.length > 0,
  };
}

const names = { token: 'Token', client: 'The secret of client' };

/** Sentences: what is wrong, and what to do. */
function whatNeedsAttention({ label, state, now, repeated, ending }: TenantHealth): readonly string[] {
  return [
    ...(state === 'disabled' ? [`The tenant is disabled: "npx scim-admin tenant enable ${label}" enables it.`] : []),
    ...(now.paused
      ? [`The tenant is paused since ${localTime(now.paused)}: "npx scim-admin tenant resume ${label}".`]
      : []),
    ...(now.holds
      ? [`The brake ${heldText(now.holds)}. Find out whether it is meant: docs/brake.md#before-you-release`]
      : []),
    ...repeated.map(
      ({ name, count, sentence, remedy }) =>
        `${name}: ${count} times ${sentence}. ${remedy ? `${remedy.do} ${remedy.docs}` : ''}`,
    ),
    ...ending.map(({ kind, credential, label: its, expires, expired }) => {
      const which = `${names[kind]} ${credential}${its ? ` (${its})` : ''}`;
      const when = `${expired ? 'expired' : 'expires'} on ${localTime(expires)}`;
      return `${which} ${when}: "npx scim-admin ${kind} rotate ${label} ${credential}" makes another one.`;
    }),
  ];
}

function describe(health: TenantHealth, attention: readonly string[], width: number): string {
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

function asData({ lastSuccess, failures, repeated, ...rest }: TenantHealth) {
  const described = <Kind extends FailureKind>({ last, ...kind }: Kind) => ({ ...kind, last: describeRow(last) });
  return {
    ...rest,
    lastSuccess: lastSuccess ? describeRow(lastSuccess) : null,
    failures: failures.map(described),
    repeated: repeated.map(described),
  };
}
