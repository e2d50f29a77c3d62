import type { ListedClient } from '../../operator/tenants/client-list';
import { table } from '../output';
import { shortTime } from '../time';

/** Formats the clients of a tenant, and below them what they authenticate with. */
export function clientTable(clients: readonly ListedClient[]): string {
  const about = table(
    ['CLIENT', 'LABEL', 'SCOPE', 'STATE', 'CREATED (UTC)', 'LAST USE (UTC)'],
    clients.map(({ clientId, label = '-', scope, state, created, lastUse }) => {
      return [clientId, label, scope, state, shortTime(created), shortTime(lastUse)];
    }),
  );
  const parts = clients.flatMap(partRows);
  if (parts.length === 0) return about;
  return `${about}\n\n${table(['CLIENT', 'PART', 'ID', 'STATE', 'CREATED (UTC)', 'ENDS (UTC)', 'FOR'], parts)}`;
}

function partRows({ clientId, secrets, keys, trusts }: ListedClient): readonly (readonly string[])[] {
  return [
    ...secrets.map(({ id, state, created, expires }) => {
      return [clientId, 'secret', id, state, shortTime(created), shortTime(expires), '-'];
    }),
    ...keys.map(({ id, created, jwk }) => {
      return [clientId, 'key', id, 'live', shortTime(created), '-', `${jwk.kty} ${jwk.crv ?? ''}`.trimEnd()];
    }),
    ...trusts.map(({ id, created, issuer, subject, audience }) => {
      return [clientId, 'trust', id, 'live', shortTime(created), '-', `${subject} of ${issuer} to ${audience}`];
    }),
  ];
}
