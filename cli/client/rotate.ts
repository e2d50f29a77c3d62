import type { Command } from 'commander';
import { recordAction } from '../../operator/activity/record-action';
import { OperatorError } from '../../operator/error';
import { addKey, rotateClient } from '../../operator/tenants/change-client';
import { secretId } from '../../operator/tenants/client-parts';
import { findOnlyClient, requireClient } from '../../operator/tenants/clients';
import { findTenant } from '../../operator/tenants/provision';
import { onDeployment, type Session, type Shell } from '../command';
import { parseDuration, parseLife } from '../duration';
import { type CommandOutput, facts } from '../output';
import { utcTime } from '../time';
import { keepToken, type TokenOutput, withTokenFile } from '../token-file';
import { lifeHelp, readKey, secretFacts } from './secret';

interface RotateOptions extends TokenOutput {
  readonly key?: string;
  readonly expires?: number;
  readonly overlap?: number;
}

/** `client rotate`. */
export function rotateCommand(client: Command, shell: Shell): void {
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
