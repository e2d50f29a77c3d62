import type { Client, Token } from '../../api/console/credentials';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { CopyField } from '../../ui/copy';
import { Panel, Section } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { changeQuery } from '../../ui/location';
import { LastUse } from '../../ui/moment';
import { Empty } from '../../ui/notice';
import { type Column, Table } from '../../ui/table';
import { dateOf, daysUntil } from '../../ui/time';
import { useConsole } from '../api';
import type { TenantProps } from '../props';
import { CredentialBadge, expiryTone } from '../states';
import { ClientParts } from './client-parts';
import { CredentialDialogs } from './credential-dialogs';
import { Invitations } from './invitations';
import { Refused } from './refused';

/** Opens a dialog of this screen; the address names it, so that it is still open after the page was loaded again. */
const openDialog = (dialog: string, about?: string) => changeQuery({ dialog, about }, { replace: false });

/** Who may send requests for a tenant: tokens, OAuth clients, and invitations for the administrator. */
export function Credentials({ tenant }: TenantProps) {
  const loaded = useConsole('credentials.list', { tenant });
  return (
    <Show loaded={loaded} lines={8}>
      {({ baseUrl, tokens, clients }) => (
        <>
          <CredentialDialogs tenant={tenant} baseUrl={baseUrl} onChanged={loaded.reload} />
          <Panel>
            <CopyField name="SCIM endpoint" value={baseUrl} hint="Also called Base URL or Tenant URL." />
          </Panel>
          <Section
            title="Access tokens"
            actions={
              <Button kind="primary" icon="plus" onClick={() => openDialog('token')}>
                Create token
              </Button>
            }
          >
            <Panel flush>
              {tokens.length === 0 ? (
                <Empty title="No tokens">The identity provider needs one, or a client of OAuth.</Empty>
              ) : (
                <Table caption="Access tokens" columns={tokenColumns} rows={tokens} keyOf={({ id }) => id} />
              )}
            </Panel>
          </Section>
          <Section
            title="OAuth clients"
            lead="For identity providers that fetch access tokens of an hour, such as Entra ID."
            actions={
              <Button icon="plus" onClick={() => openDialog('client')}>
                Create client
              </Button>
            }
          >
            {clients.length === 0 ? (
              <Panel flush>
                <Empty title="No OAuth clients" />
              </Panel>
            ) : (
              clients.map((client) => <ClientPanel key={client.id} client={client} />)
            )}
          </Section>
          <Invitations tenant={tenant} />
          <Refused tenant={tenant} />
        </>
      )}
    </Show>
  );
}

const tokenColumns: readonly Column<Token>[] = [
  {
    title: 'Token',
    cell: ({ id, label }) => (
      <>
        {label ?? <code>{id}</code>}
        {label && (
          <span class="sub">
            <code>{id}</code>
          </span>
        )}
      </>
    ),
  },
  { title: 'State', cell: ({ state }) => <CredentialBadge state={state} /> },
  { title: 'May', cell: ({ scope }) => (scope === 'scim' ? 'Read and write' : 'Read only') },
  {
    title: 'Last used',
    cell: ({ lastUse }) => (lastUse ? <LastUse at={lastUse} /> : <span class="quiet">Never</span>),
  },
  { title: 'Ends', cell: ({ expires }) => <Ends at={expires} /> },
  {
    title: 'Actions',
    isAction: true,
    cell: ({ id, label, state }) => (
      <span class="actions">
        {state === 'live' && (
          <Button label={`Rotate ${label ?? id}`} onClick={() => openDialog('rotate-token', id)}>
            Rotate
          </Button>
        )}
        <Button label={`Revoke ${label ?? id}`} onClick={() => openDialog('revoke-token', id)}>
          Revoke
        </Button>
      </span>
    ),
  },
];

/** The date when a secret ends, with a warning in its last 30 days. */
function Ends({ at }: { readonly at: string }) {
  const time = Date.parse(at);
  const tone = expiryTone(daysUntil(time, Date.now()));
  const date = dateOf(time);
  return tone ? <Badge tone={tone}>{date}</Badge> : date;
}

function ClientPanel({ client }: { readonly client: Client }) {
  const { id, label, state, scope, lastUse } = client;
  return (
    <Panel>
      <div class="client-header">
        <div>
          <h3>{label ?? id}</h3>
          <p class="hint">
            <code>{id}</code> · {scope === 'scim' ? 'read and write' : 'read only'} ·{' '}
            {lastUse ? (
              <>
                last used <LastUse at={lastUse} />
              </>
            ) : (
              'never used'
            )}
          </p>
        </div>
        <CredentialBadge state={state} />
        <span class="actions">
          <Button label={`New secret for ${label ?? id}`} onClick={() => openDialog('rotate-client', id)}>
            New secret
          </Button>
          <Button label={`Revoke ${label ?? id}`} onClick={() => openDialog('revoke-client', id)}>
            Revoke
          </Button>
        </span>
      </div>
      <ClientParts client={client} />
    </Panel>
  );
}
