import type { CredentialInfo, MadeCredential } from '../../api/portal';

/** What a credential of each kind is called. */
export const kindName: Readonly<Record<MadeCredential['kind'], string>> = {
  token: 'Token',
  client: 'Client of OAuth 2.0',
};

/** What one credential is called: by its label, if it has one. */
export function titleOf({ kind, label, isFirst }: CredentialInfo): string {
  return label ?? (isFirst ? 'First token' : kindName[kind]);
}
