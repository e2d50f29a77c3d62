import type { ClientRecord } from '../../tenants/client';
import { isExpired, type Tenant } from '../../tenants/tenant';
import { PortalError } from '../error';
import { isFirst } from './credential-list';

/** How many credentials of each kind work at the same time: what a rotation needs. */
const mostLive = 2;

const kinds = { token: 'API tokens', client: 'OAuth clients' } as const;

/** @throws PortalError 409 if the tenant has no place for another credential; it names those that there are */
export function refuseTooMany(tenant: Tenant, kind: 'token' | 'client', now: Date): void {
  const live =
    kind === 'token' ? [...tenant.tokens].filter(([, token]) => !isExpired(token, now)) : [...tenant.clients];
  if (live.length < mostLive) return;
  const named = live.map(([id, credential]) => nameOf(tenant, id, credential));
  const isUnused = live.some(([, { lastUse }]) => lastUse === undefined);
  throw tooMany(
    `There are ${live.length} ${kinds[kind]} already, and ${mostLive} may work at a time: ${named.join(' and ')}.`,
    `On the page Credentials, revoke one that ${isUnused ? 'was never used' : 'your identity provider no longer uses'}. Then try again.`,
  );
}

/** @throws PortalError 409 if two secrets of a client work already */
export function refuseAnotherSecret({ secrets }: ClientRecord, now: Date): void {
  const live = secrets.filter((secret) => !isExpired(secret, now));
  if (live.length < mostLive) return;
  const [first = ''] = live.map(({ expires }) => expires).sort();
  throw tooMany(
    `Two secrets of this client work already, the most at a time; the first of them ends on ${first.slice(0, 10)}.`,
    'Rotate again after that day, or ask the operator to end one of them now.',
  );
}

const tooMany = (message: string, remedy: string) => new PortalError(409, 'too-many', message, remedy);

/** A credential in a sentence. */
function nameOf(
  tenant: Tenant,
  id: string,
  credential: { readonly label?: string; readonly created: string; readonly lastUse?: string },
): string {
  const { label, lastUse } = credential;
  const unlabelled = isFirst(tenant, credential) ? 'the one that the operator made with this connection' : id;
  return `${label === undefined ? unlabelled : `“${label}”`} (${lastUse === undefined ? 'never used' : 'in use'})`;
}
