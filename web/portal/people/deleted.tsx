import type { DeletedPerson } from '../../api/portal';
import { announce } from '../../ui/announce';
import { Panel, Screen } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { navigate } from '../../ui/location';
import { Moment } from '../../ui/moment';
import { Empty, ErrorNotice } from '../../ui/notice';
import { RestoreButton, sweeping } from '../../ui/restore-button';
import { hrefTo } from '../../ui/router';
import { type Column, Table } from '../../ui/table';
import { dateOf } from '../../ui/time';
import { livePeriod, useAction, useLoaded } from '../../ui/use-call';
import { usePortal } from '../context';

/** Who was deleted, as long as the person can be restored with all groups. */
export function Deleted() {
  const { call, session } = usePortal();
  // Who was just deleted appears after a moment.
  const loaded = useLoaded('deleted', (signal) => call('users.deleted', {}, signal), { every: 2 * livePeriod });
  const restoring = useAction(async ({ id, userName }: DeletedPerson) => {
    await call('users.restore', { id });
    announce(`${userName} is restored.`);
    navigate(hrefTo(['people', id]));
  });
  const columns: readonly Column<DeletedPerson>[] = [
    { title: 'User name', cell: ({ userName }) => userName },
    { title: 'Deleted', cell: ({ deleted }) => <Moment at={deleted} /> },
    { title: 'Can be restored until', cell: ({ until }) => dateOf(Date.parse(until)) },
    {
      title: 'Restore',
      isAction: true,
      cell: (person) => (
        <RestoreButton
          name={person.userName}
          obstacle={person.isSweeping ? sweeping : undefined}
          busy={restoring.running}
          onRestore={() => restoring.run(person)}
        />
      ),
    },
  ];
  return (
    <Screen
      title="Deleted people"
      of={session.productName}
      back={{ href: '#/people', label: 'People' }}
      lead="A person who is restored comes back with the same id and in the same groups. Assign the person in your identity provider as well, or it deletes the person again."
    >
      {restoring.error && <ErrorNotice error={restoring.error} />}
      <Show loaded={loaded}>
        {({ users }) =>
          users.length > 0 ? (
            <Panel flush>
              <Table caption="Deleted people" columns={columns} rows={users} keyOf={({ id }) => id} />
            </Panel>
          ) : (
            <Empty title="Nobody was deleted lately." />
          )
        }
      </Show>
    </Screen>
  );
}
