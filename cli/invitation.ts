import { type Command, Option } from 'commander';
import { recordAction } from '../operator/activity/record-action';
import { createInvitation, listInvitations, revokeInvitation } from '../operator/invitations/invitations';
import type { PortalScope } from '../operator/store/invitations';
import { findTenant } from '../operator/tenants/provision';
import { confirm, type DestructiveOptions, onDeployment, type Session, type Shell } from './command';
import { parseDuration } from './duration';
import { type CommandOutput, facts, table } from './output';
import { shortTime, utcTime } from './time';

interface InviteOptions {
  readonly scope: PortalScope;
  readonly expires?: number;
  readonly customer?: string;
  readonly returnUrl?: string;
}

/** `tenant invite|invites`. */
export function invitationCommands(tenant: Command, shell: Shell): void {
  const inviting = tenant
    .command('invite <tenant>')
    .description("invite the customer's administrator to the portal; prints a link and, once, its PIN")
    .addOption(
      new Option('--scope <scope>', 'setup: connect the identity provider; manage: see and disable people as well')
        .choices(['setup', 'manage'])
        .default('setup'),
    )
    .option('--expires <time>', 'how long link and session last, 1h to 90d (default: 7d)', parseDuration)
    .option('--customer <name>', "the customer's name on the page (default: the label of the tenant)")
    .option('--return-url <url>', 'where the page leads back to; it must be on the list portalReturnUrls')
    .addHelpText(
      'after',
      `
The link opens with its PIN only, once. Five wrong PINs end it. docs/portal.md
says what the customer sees.

Examples:
  npx scim-admin tenant invite acme --customer "Acme GmbH"
  npx scim-admin tenant invite acme --scope manage --expires 30d`,
    );
  onDeployment(shell, inviting, invite);
  onDeployment(
    shell,
    tenant.command('invites <tenant>').description('list the invitations of a tenant and what became of them'),
    list,
  );
}

/** `invite revoke`. */
export function inviteCommand(program: Command, shell: Shell): void {
  const revoking = program
    .command('invite')
    .description('manage invitations to the portal')
    .command('revoke <tenant> <invitation-id>')
    .description('revoke an invitation now: its link opens nothing more, and its session ends')
    .option('--yes', 'do not ask for confirmation');
  onDeployment(shell, revoking, revoke);
}

async function invite({ deployment }: Session, options: InviteOptions, name: string): Promise<CommandOutput> {
  const { scope, expires, customer, returnUrl } = options;
  const made = await createInvitation(deployment, name, {
    scope,
    ...(expires === undefined ? {} : { life: expires }),
    ...(customer === undefined ? {} : { customer }),
    ...(returnUrl === undefined ? {} : { returnUrl }),
  });
  const { tenantId, invitationId } = made;
  const values = { invitation: invitationId, scope };
  const notes = await recordAction(deployment, tenantId, { action: 'invitationCreated', values });
  return {
    data: made,
    text: facts([
      ['Invitation', `${invitationId} (${scope})`],
      ['Link', made.url],
      ['PIN', made.pin],
      ['Expires', utcTime(made.expires)],
    ]),
    notes: [
      ...notes,
      'Send the link, and the PIN by another channel, such as a call. Neither is shown again. The link opens once.',
    ],
  };
}

async function list({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const invitations = await listInvitations(deployment, name);
  return {
    data: invitations,
    text:
      invitations.length === 0
        ? 'There are no invitations.'
        : table(
            [
              'INVITATION',
              'SCOPE',
              'CUSTOMER',
              'STATE',
              'CREATED (UTC)',
              'EXPIRES (UTC)',
              'OPENED (UTC)',
              'WRONG PINS',
            ],
            invitations.map(({ invitationId, scope, customer, state, created, expires, opened, wrongPins }) => {
              const times = [created, expires, opened].map(shortTime);
              return [invitationId, scope, customer, state, ...times, String(wrongPins)];
            }),
          ),
  };
}

async function revoke(
  { deployment, terminal }: Session,
  options: DestructiveOptions,
  name: string,
  invitationId: string,
): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  const { tenantId, label } = tenant;
  const what = `This revokes invitation ${invitationId} of tenant ${tenantId} (${label}) and ends its session.`;
  await confirm(terminal, options, what, label);
  await revokeInvitation(deployment, tenantId, invitationId);
  const values = { invitation: invitationId };
  return {
    data: { tenantId, invitationId, revoked: true },
    text: `Invitation ${invitationId} of tenant ${tenantId} (${label}) is revoked; its session has ended.`,
    notes: await recordAction(deployment, tenantId, { action: 'invitationRevoked', values }),
  };
}
