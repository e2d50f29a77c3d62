import type { Invitation } from '../../api/console/credentials';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Panel, Section } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { changeQuery, useLocation } from '../../ui/location';
import { Moment } from '../../ui/moment';
import { Empty, ErrorNotice } from '../../ui/notice';
import { type Column, Table } from '../../ui/table';
import { useAction } from '../../ui/use-call';
import { call, useConsole } from '../api';
import { InvitationBadge } from '../states';
import { InviteDialog } from './invite-dialog';

const scopes: Readonly<Record<Invitation['scope'], string>> = { setup: 'Set up', manage: 'Set up and manage people' };

/** Invitations for the administrator of the customer, who makes the credential alone. */
export function Invitations({ tenant }: { readonly tenant: string }) {
  const { query } = useLocation();
  const loaded = useConsole('invitations.list', { tenant });
  const revoking = useAction(async (id: string) => {
    await call('invitations.revoke', { tenant, id });
    announce('The invitation is revoked, and its sessions have ended.');
    loaded.reload();
  });
  const columns: readonly Column<Invitation>[] = [
    { title: 'For', cell: ({ customer }) => customer },
    { title: 'Created', cell: ({ created }) => <Moment at={created} /> },
    { title: 'State', cell: ({ state }) => <InvitationBadge state={state} /> },
    { title: 'May', cell: ({ scope }) => scopes[scope] },
    { title: 'Opened', cell: ({ opened }) => opened && <Moment at={opened} /> },
    { title: 'Ends', cell: ({ expires }) => <Moment at={expires} /> },
    {
      title: 'Actions',
      isAction: true,
      cell: ({ id, state }) =>
        (state === 'open' || state === 'used') && (
          <Button label={`Revoke the invitation ${id}`} busy={revoking.running} onClick={() => revoking.run(id)}>
            Revoke
          </Button>
        ),
    },
  ];
  return (
    <Section
      title="Invitations"
      lead="The customer’s administrator gets a link and a PIN, makes a credential that nobody else sees, and is led step by step."
      actions={
        <Button icon="plus" onClick={() => changeQuery({ dialog: 'invite' }, { replace: false })}>
          Invite administrator
        </Button>
      }
    >
      {query.dialog === 'invite' && <InviteDialog tenant={tenant} onCreated={loaded.reload} />}
      {revoking.error && <ErrorNotice error={revoking.error} />}
      <Show loaded={loaded} lines={2}>
        {({ invitations }) => (
          <Panel flush>
            {invitations.length === 0 ? (
              <Empty title="No invitations" />
            ) : (
              <Table caption="Invitations" columns={columns} rows={invitations} keyOf={({ id }) => id} />
            )}
          </Panel>
        )}
      </Show>
    </Section>
  );
}
