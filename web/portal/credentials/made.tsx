import type { MadeCredential } from '../../api/portal';
import { SecretOnce } from '../../ui/secret';
import { dateOf } from '../../ui/time';

/** A credential that was just made, with the names that identity providers use. */
export function Made({ made, warning }: { readonly made: MadeCredential; readonly warning?: string }) {
  const hint = `Works until ${dateOf(Date.parse(made.expires))}.`;
  const fields =
    made.kind === 'token'
      ? [
          { name: 'Base URL', value: made.baseUrl },
          { name: 'Token', value: made.token, hint },
        ]
      : [
          { name: 'Tenant URL', value: made.tenantUrl },
          { name: 'Token endpoint', value: made.tokenEndpoint },
          { name: 'Client identifier', value: made.clientId },
          { name: 'Client secret', value: made.clientSecret, hint },
        ];
  return <SecretOnce fields={fields} {...(warning && { warning })} />;
}
