import type { Command } from 'commander';
import { recordAction } from '../../operator/activity/record-action';
import { OperatorError } from '../../operator/error';
import { createClient } from '../../operator/tenants/clients';
import { findTenant } from '../../operator/tenants/provision';
import { tokenUrlOf } from '../../operator/tenants/token-url';
import { onDeployment, type Session, type Shell } from '../command';
import { parseDuration, parseLife } from '../duration';
import { parseLimit } from '../limit';
import { type CommandOutput, facts } from '../output';
import { keepToken, type TokenOutput, withTokenFile } from '../token-file';
import { lifeHelp, readKey, secretFacts } from './secret';
import { refuseWorkload, type WorkloadOptions, withWorkload, workloadOf } from './trust';

interface CreateOptions extends TokenOutput, WorkloadOptions {
  readonly label?: string;
  readonly readOnly?: true;
  readonly federate?: true;
  readonly key?: string;
  readonly expires?: number;
  readonly accessTokenLife?: number;
  readonly limit?: number;
}

/** `client create`. */
export function createCommand(client: Command, shell: Shell): void {
  const creating = client
    .command('create <tenant>')
    .description('create a client; prints the fields of the Entra page, and the client secret once')
    .option('--label <label>', 'label of the client in lists')
    .option('--read-only', 'its access tokens can only read: GET, HEAD and searches')
    .option('--expires <time>', lifeHelp, parseLife)
    .option('--access-token-life <time>', 'lifetime of its access tokens, 1h to 6h (default: 1h)', parseDuration)
    .option('--key <file>', 'public key (PEM or JWK) with which the client signs assertions; it gets no secret')
    .option('--federate', 'a workload of another issuer acts as the client; it gets no secret')
    .option('--limit <number>', 'maximum number of clients of the tenant, including this one (default: 2)', parseLimit)
    .addHelpText(
      'after',
      `
Examples:
  npx scim-admin client create acme --label entra --out entra.secret
  npx scim-admin client create acme --label entra --federate \\
    --issuer https://login.microsoftonline.com/<tenant id>/v2.0 \\
    --subject <object id> --audience <application id>`,
    );
  onDeployment(shell, withWorkload(withTokenFile(creating, 'client secret')), create);
}

async function create({ deployment }: Session, options: CreateOptions, name: string): Promise<CommandOutput> {
  const { services } = deployment;
  const { label, readOnly, expires, accessTokenLife, limit, out } = options;
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
      ...(accessTokenLife === undefined ? {} : { accessTokenLife }),
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
