import type { OperatorError, Remedy } from '../../operator/error';

/** The function of the library that fixes an error; nothing for what the library cannot do. */
const calls: Readonly<Partial<Record<Remedy['operation'], string>>> = {
  'list tenants': 'list() returns the tenants.',
  'enable tenant': 'Call enable(tenantId).',
  'resume tenant': 'Call resume(tenantId).',
  'delete tenant': 'Call delete(tenantId).',
  'turn brake on': 'Call brake.turnOn(tenantId) to turn it on.',
  'release tenant': 'Call brake.release(tenantId, { hours: 2 }).',
  'list tokens': 'tokens.list(tenantId) returns them.',
  'create token': 'Call tokens.create(tenantId).',
  'revoke token': 'Call tokens.revoke(tenantId, tokenId), or pass limit: {limit}.',
  'replace token': 'Call tokens.revoke(tenantId, "{token}"), then tokens.create(tenantId).',
  'rotate token': 'Call tokens.rotate(tenantId, tokenId, { limit: {limit} }).',
  'list clients': 'clients.list(tenantId) returns them.',
  'create client': 'Call clients.create(tenantId).',
  'revoke client': 'Call clients.revoke(tenantId, clientId), or pass limit: {limit}.',
  'replace client': 'Call clients.revoke(tenantId, "{client}"), then clients.create(tenantId).',
  'revoke part': 'Call clients.revokePart(tenantId, "{client}", "{part}").',
  'list invitations': 'invitations.list(tenantId) returns them.',
  'list deleted': 'deleted.list(tenantId) returns them.',
  'allow local changes': 'Call setLocalChanges(tenantId, true).',
};

/** The message of an operator's error for a program: followed by the function that fixes it. */
export function withCall({ message, remedy }: Pick<OperatorError, 'message' | 'remedy'>): string {
  const call = remedy && calls[remedy.operation];
  if (!call) return message;
  return `${message} ${call.replace(/\{(\w+)\}/g, (whole, name: string) => String(remedy.values?.[name] ?? whole))}`;
}
