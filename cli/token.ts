import type { Command } from 'commander';
import { recordAction } from '../operator/activity/record-action';
import { findTenant } from '../operator/tenants/provision';
import {
  createToken,
  findOnlyToken,
  type ListedToken,
  listTokens,
  revokeToken,
  rotateToken,
} from '../operator/tenants/tokens';
import { confirm, type DestructiveOptions, onDeployment, type Session, type Shell } from './command';
import { parseDuration, parseLife } from './duration';
import { parseLimit } from './limit';
import { type CommandOutput, facts, table } from './output';
import { shortTime, utcTime } from './time';
import { keepToken, type TokenOutput, withTokenFile } from './token-file';

interface CreateOptions extends TokenOutput {
  readonly label?: string;
  readonly readOnly?: true;
  readonly expires?: number;
  readonly limit?: number;
}

interface RotateOptions extends TokenOutput {
  readonly expires?: number;
  readonly limit?: number;
  readonly overlap?: number;
}

/** `token create|list|revoke|rotate`. */
export function tokenCommands(program: Command, shell: Shell): void {
  const token = program.command('token').description('manage the API tokens of a tenant');

  const creating = token
    .command('create <tenant>')
    .description('create another token; prints it once')
    .option('--label <label>', 'label of the token in lists')
    .option('--read-only', 'the token can only read: GET, HEAD and searches')
    .option('--expires <time>', 'lifetime of the token, such as 90d (default: 365d)', parseLife)
    .option(
      '--limit <number>',
      'maximum number of live tokens of the tenant, including this one (default: 2)',
      parseLimit,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  npx scim-admin token create acme\n  npx scim-admin token create acme --label okta --expires 90d --out okta.token',
    );
  onDeployment(shell, withTokenFile(creating), create);

  onDeployment(
    shell,
    token.command('list <tenant>').description("list a tenant's tokens: state, expiry, last use"),
    list,
  );

  const revoking = token
    .command('revoke <tenant> <token-id>')
    .description('revoke a token now, or remove an incomplete one')
    .option('--yes', 'do not ask for confirmation');
  onDeployment(shell, revoking, revoke);

  const rotating = token
    .command('rotate <tenant> [token-id]')
    .description('create a successor; the old token works until it is revoked, or for --overlap')
    .option('--overlap <time>', 'time after which the old token expires, such as 24h', parseDuration)
    .option('--expires <time>', 'lifetime of the new token, such as 90d (default: 365d)', parseLife)
    .option(
      '--limit <number>',
      'maximum number of live tokens of the tenant, including this one (default: 2)',
      parseLimit,
    )
    .addHelpText(
      'after',
      '\nWithout a token id it rotates the only live token.\n\nExamples:\n  npx scim-admin token rotate acme\n  npx scim-admin token rotate acme 0123456789ab --overlap 24h',
    );
  onDeployment(shell, withTokenFile(rotating), rotate);
}

/** Formats the tokens of a tenant as a table. */
export function tokenTable(tokens: readonly ListedToken[]): string {
  return table(
    ['TOKEN', 'LABEL', 'SCOPE', 'STATE', 'CREATED (UTC)', 'EXPIRES (UTC)', 'LAST USE (UTC)'],
    tokens.map(({ tokenId, label = '-', scope, state, created, expires, lastUse }) => {
      return [tokenId, label, scope, state, shortTime(created), shortTime(expires), shortTime(lastUse)];
    }),
  );
}

async function create({ deployment }: Session, options: CreateOptions, name: string): Promise<CommandOutput> {
  const { services } = deployment;
  const { tenantId } = await findTenant(services, name);
  const made = await keepToken(options, () =>
    createToken(services, tenantId, {
      ...(options.label === undefined ? {} : { tokenLabel: options.label }),
      ...(options.readOnly ? { scope: 'scim:read' } : {}),
      ...(options.expires === undefined ? {} : { life: options.expires }),
      ...(options.limit === undefined ? {} : { limit: options.limit }),
    }),
  );
  const values = { credential: made.tokenId, ...(options.label ? { label: options.label } : {}) };
  return shown(tenantId, made, options, await recordAction(deployment, tenantId, { action: 'tokenCreated', values }));
}

async function list({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const tokens = await listTokens(deployment.services, await findTenant(deployment.services, name));
  const incomplete = tokens.filter(({ state }) => state === 'incomplete').map(({ tokenId }) => tokenId);
  return {
    data: tokens,
    text: tokenTable(tokens),
    notes: [
      `A token of this deployment lives at most ${deployment.services.maxTokenDays} days.`,
      ...incomplete.map(
        (id) =>
          `Token ${id} is incomplete and not accepted, because a command was interrupted. Remove it with "npx scim-admin token revoke ${name} ${id}".`,
      ),
    ],
  };
}

async function revoke(
  session: Session,
  options: DestructiveOptions,
  name: string,
  tokenId: string,
): Promise<CommandOutput> {
  const { deployment, terminal } = session;
  const tenant = await findTenant(deployment.services, name);
  const label = tenant.tokens.get(tokenId)?.label;
  if (tenant.tokens.has(tokenId)) {
    const what = `This revokes token ${tokenId}${label ? ` (${label})` : ''} of tenant ${tenant.label}.`;
    await confirm(terminal, options, what, tokenId);
  }
  await revokeToken(deployment.services, tenant, tokenId);
  return {
    data: { tenantId: tenant.tenantId, tokenId, revoked: true },
    text: `Token ${tokenId} is revoked; this takes effect within two minutes.`,
    notes: await recordAction(deployment, tenant.tenantId, {
      action: 'tokenRevoked',
      values: { credential: tokenId, ...(label ? { label } : {}) },
    }),
  };
}

async function rotate(
  { deployment }: Session,
  options: RotateOptions,
  name: string,
  id?: string,
): Promise<CommandOutput> {
  const { services } = deployment;
  const tenant = await findTenant(services, name);
  const old = id ?? (await findOnlyToken(services, tenant));
  const { overlap, expires: life, limit } = options;
  const made = await keepToken(options, () =>
    rotateToken(services, tenant, old, {
      ...(overlap === undefined ? {} : { overlap }),
      ...(life === undefined ? {} : { life }),
      ...(limit === undefined ? {} : { limit }),
    }),
  );
  const end =
    overlap === undefined
      ? `The old token works until you revoke it: "npx scim-admin token revoke ${name} ${old}".`
      : `The old token, ${old}, works until ${utcTime(new Date(services.clock().getTime() + overlap).toISOString())}.`;
  const label = tenant.tokens.get(old)?.label;
  const unrecorded = await recordAction(deployment, tenant.tenantId, {
    action: 'tokenRotated',
    values: { credential: made.tokenId, old, ...(label ? { label } : {}) },
  });
  return shown(tenant.tenantId, made, options, [end, ...unrecorded]);
}

function shown(
  tenantId: string,
  { tokenId, token, expires }: { readonly tokenId: string; readonly token: string; readonly expires: string },
  { out }: TokenOutput,
  notes: readonly string[],
): CommandOutput {
  return {
    data: { tenantId, tokenId, expires, ...(out ? { out } : { token }) },
    text: facts([
      ['Token id', tokenId],
      ['API token', out ? `in ${out}` : token],
      ['Expires', utcTime(expires)],
    ]),
    notes: out ? notes : ['Save the token now: it is not shown again.', ...notes],
  };
}
