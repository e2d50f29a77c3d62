import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { recordAction } from '../operator/activity/record-action';
import { OperatorError } from '../operator/error';
import { addKey, rotateClient } from '../operator/tenants/change-client';
import { readPublicKey } from '../operator/tenants/client-key';
import { secretId } from '../operator/tenants/client-parts';
import { createClient, findOnlyClient, listClients, requireClient, revokeClient } from '../operator/tenants/clients';
import { findTenant } from '../operator/tenants/provision';
import { clientTable } from './client-table';
import {
  refuseWorkload,
  revokePart,
  trustCommands,
  type WorkloadOptions,
  withWorkload,
  workloadOf,
} from './client-trust';
import { confirm, type DestructiveOptions, onDeployment, type Session, type Shell } from './command';
import { parseDuration, parseLife } from './duration';
import { parseLimit } from './limit';
import { type CommandOutput, facts } from './output';
import { utcTime } from './time';
import { keepToken, type TokenOutput, withTokenFile } from './token-file';

interface CreateOptions extends TokenOutput, WorkloadOptions {
  readonly label?: string;
  readonly readOnly?: true;
  readonly federate?: true;
  readonly key?: string;
  readonly expires?: number;
  readonly limit?: number;
}

interface RotateOptions extends TokenOutput {
  readonly key?: string;
  readonly expires?: number;
  readonly overlap?: number;
}

const lifeHelp = 'lifetime of the client secret, one to three years, such as 365d (default: 730d)';

/** `client create|list|rotate|revoke|trust`. */
export function clientCommands(program: Command, shell: Shell): void {
  const client = program
    .command('client')
    .description('manage the OAuth clients of a tenant, which get access tokens at its token endpoint');

  const creating = client
    .command('create <tenant>')
    .description('create a client; prints the fields of the Entra page, and the client secret once')
    .option('--label <label>', 'label of the client in lists')
    .option('--read-only', 'its access tokens can only read: GET, HEAD and searches')
    .option('--expires <time>', lifeHelp, parseLife)
    .option('--key <file>', 'public key (PEM or JWK) with which the client signs assertions; it gets no secret')
    .option('--federate', 'a workload of another issuer acts as the client; it gets no secret')
    .option('--limit <number>', 'maximum number of clients of the tenant, including this one (default: 2)', parseLimit)
    .addHelpText(
      'after',
      `
Examples:
  npx scim-admin client create acme --label entra --out entra.secret
  npx scim-admin client create acme --label entra --federate \\
    --issuer https://login.microsoftonline.com/<tenant id>/v2.0 --subject <object id> --audience <application id>`,
    );
  onDeployment(shell, withWorkload(withTokenFile(creating, 'client secret')), create);

  onDeployment(
    shell,
    client.command('list <tenant>').description("list a tenant's clients: state, last use, secrets, keys and trusts"),
    list,
  );

  const rotating = client
    .command('rotate <tenant> [client-id]')
    .description('create another secret; the one before works until it ends or is revoked, or for --overlap')
    .option('--overlap <time>', 'time after which the secret before ends, such as 24h', parseDuration)
    .option('--expires <time>', lifeHelp, parseLife)
    .option('--key <file>', 'add this public key instead of a secret')
    .addHelpText(
      'after',
      '\nWithout a client id it rotates the only client.\n\nExamples:\n  npx scim-admin client rotate acme\n  npx scim-admin client rotate acme 0123456789ab --overlap 24h',
    );
  onDeployment(shell, withTokenFile(rotating, 'client secret'), rotate);

  const revoking = client
    .command('revoke <tenant> <client-id> [part-id]')
    .description('revoke a client, or one of its secrets, keys or trusts')
    .option('--yes', 'do not ask for confirmation');
  onDeployment(shell, revoking, revoke);

  trustCommands(client, shell);
}

async function create({ deployment }: Session, options: CreateOptions, name: string): Promise<CommandOutput> {
  const { services } = deployment;
  const { label, readOnly, expires, limit, out } = options;
  const trust = options.federate ? workloadOf(options) : refuseWorkload(options);
  if (trust && options.key)
    throw new OperatorError('A client signs its own assertions (--key) or a workload does (--federate): choose one.');
  if ((trust || options.key) && (expires !== undefined || out !== undefined)) {
    throw new OperatorError('A client that signs assertions has no secret: leave out --expires and --out.');
  }
  const key = options.key === undefined ? undefined : await readKey(options.key);
  const { tenantId } = await findTenant(services, name);
  const {
    clientId,
    token,
    expires: end,
  } = await keepToken(options, async () => {
    const { clientId, made } = await createClient(services, tenantId, {
      ...(label === undefined ? {} : { clientLabel: label }),
      ...(readOnly ? { scope: 'scim:read' } : {}),
      ...(expires === undefined ? {} : { life: expires }),
      ...(limit === undefined ? {} : { limit }),
      ...(key ? { key } : {}),
      ...(trust ? { trust } : {}),
    });
    return { clientId, token: made?.secret ?? '', expires: made?.expires };
  });
  const values = { credential: clientId, ...(label ? { label } : {}) };
  const notes = await recordAction(deployment, tenantId, { action: 'clientCreated', values });
  const baseUrl = deployment.baseUrl(tenantId);
  const tokenUrl = tokenUrlOf(baseUrl);
  const secret = end === undefined ? {} : { secretExpires: end, ...(out ? { out } : { clientSecret: token }) };
  return {
    data: { tenantId, clientId, baseUrl, tokenUrl, ...secret },
    text: facts([
      ['Tenant URL', baseUrl],
      ['Token endpoint', tokenUrl],
      ['Client identifier', clientId],
      ...secretFacts(token, end, out),
    ]),
    notes: [...notes, ...(end === undefined || out ? [] : ['Save the client secret now: it is not shown again.'])],
  };
}

/** The address of the token endpoint, beside that of SCIM. */
function tokenUrlOf(baseUrl: string): string {
  return baseUrl.replace(/\/scim\/v2$/, '/oauth2/token');
}

function secretFacts(secret: string, end: string | undefined, out: string | undefined) {
  if (end === undefined) return [];
  return [
    ['Client secret', out ? `in ${out}` : secret],
    ['Secret ends', utcTime(end)],
  ] as const;
}

async function readKey(file: string) {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(
      `The file ${file} cannot be read (${error.code}): pass --key the file with the public key.`,
    );
  });
  return readPublicKey(text);
}

async function list({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const clients = await listClients(deployment.services, await findTenant(deployment.services, name));
  const incomplete = clients.filter(({ state }) => state === 'incomplete').map(({ clientId }) => clientId);
  return {
    data: clients,
    text: clientTable(clients),
    notes: incomplete.map(
      (id) =>
        `Client ${id} is incomplete and not accepted, because a command was interrupted. Remove it with "npx scim-admin client revoke ${name} ${id}".`,
    ),
  };
}

async function rotate(session: Session, options: RotateOptions, name: string, id?: string): Promise<CommandOutput> {
  const { deployment } = session;
  const { services } = deployment;
  const tenant = await findTenant(services, name);
  const clientId = id ?? findOnlyClient(tenant);
  const { label } = requireClient(tenant, clientId);
  const { tenantId } = tenant;
  const values = { credential: clientId, ...(label ? { label } : {}) };
  const { key, overlap, expires: life, out } = options;
  if (key !== undefined) {
    if (overlap !== undefined || life !== undefined || out !== undefined) {
      throw new OperatorError('A public key has no end and is no secret: leave out --overlap, --expires and --out.');
    }
    await addKey(services, tenant, clientId, await readKey(key));
    const notes = await recordAction(deployment, tenantId, { action: 'clientKeyAdded', values });
    const text = `Client ${clientId} has another key; those before work until they are revoked.`;
    return { data: { tenantId, clientId }, text, notes };
  }
  const { token, expires, client } = await keepToken(options, async () => {
    const { made, client } = await rotateClient(services, tenant, clientId, {
      ...(overlap === undefined ? {} : { overlap }),
      ...(life === undefined ? {} : { life }),
    });
    return { token: made.secret, expires: made.expires, client };
  });
  const notes = await recordAction(deployment, tenantId, { action: 'clientRotated', values });
  const before = client.secrets.slice(0, -1).map((secret) => ({ id: secretId(secret), expires: secret.expires }));
  return {
    data: { tenantId, clientId, secretExpires: expires, ...(out ? { out } : { clientSecret: token }), before },
    text: facts([['Client identifier', clientId], ...secretFacts(token, expires, out)]),
    notes: [
      ...notes,
      ...(out ? [] : ['Save the client secret now: it is not shown again.']),
      ...before.map(
        (secret) =>
          `The secret before, ${secret.id}, works until ${utcTime(secret.expires)}, or until you revoke it: "npx scim-admin client revoke ${name} ${clientId} ${secret.id}".`,
      ),
    ],
  };
}

async function revoke(
  session: Session,
  options: DestructiveOptions,
  name: string,
  clientId: string,
  partId?: string,
): Promise<CommandOutput> {
  const { deployment, terminal } = session;
  const tenant = await findTenant(deployment.services, name);
  if (partId !== undefined) return await revokePart(session, options, tenant, clientId, partId);
  const label = tenant.clients.get(clientId)?.label;
  if (tenant.clients.has(clientId)) {
    const what = `This revokes client ${clientId}${label ? ` (${label})` : ''} of tenant ${tenant.label}, with its secrets and access tokens.`;
    await confirm(terminal, options, what, clientId);
  }
  await revokeClient(deployment.services, tenant, clientId);
  const values = { credential: clientId, ...(label ? { label } : {}) };
  return {
    data: { tenantId: tenant.tenantId, clientId, revoked: true },
    text: `Client ${clientId} is revoked, with its access tokens; this takes effect within two minutes.`,
    notes: await recordAction(deployment, tenant.tenantId, { action: 'clientRevoked', values }),
  };
}
