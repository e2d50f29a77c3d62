import { useEffect } from 'preact/hooks';
import type { DeletedRow } from '../../api/console/directory';
import { announce } from '../../ui/announce';
import { Badge } from '../../ui/badge';
import { Panel } from '../../ui/layout';
import { Moment } from '../../ui/moment';
import { ErrorNotice } from '../../ui/notice';
import { RestoreButton, sweeping } from '../../ui/restore-button';
import { type Column, Table } from '../../ui/table';
import { dateOf } from '../../ui/time';
import { useAction } from '../../ui/use-call';
import { call } from '../api';
import { tenantPlace } from '../places';

interface Props {
  readonly tenant: string;
  readonly rows: readonly DeletedRow[];
  /** Reads the rows again: after a restoration, and as long as one of them cannot be restored yet. */
  readonly onRestored: () => void;
}

/** How often the rows are read again while a deletion is not complete, in milliseconds. */
const patience = 5000;

/** Why one cannot be restored now. */
function obstacleOf({ restorable, isSweeping }: DeletedRow): string | undefined {
  if (isSweeping) return sweeping;
  return restorable ? undefined : 'Only its name is kept.';
}

/** Deleted users and groups, each with the button that brings it back with its memberships. */
export function DeletedTable({ tenant, rows, onRestored }: Props) {
  const restoring = useAction(async ({ type, id }: DeletedRow) => {
    const { notes } = await call('deleted.restore', { tenant, type, id });
    announce(notes.join(' '));
    onRestored();
  });
  useEffect(() => {
    if (!rows.some(({ isSweeping }) => isSweeping)) return;
    const timer = setTimeout(onRestored, patience);
    return () => clearTimeout(timer);
  }, [rows, onRestored]);
  const columns: readonly Column<DeletedRow>[] = [
    {
      title: 'Name',
      cell: ({ id, name, thereNow, type }) => (
        <>
          {name ?? <code>{id}</code>}
          {thereNow.map((there) => (
            <span key={there.id} class="sub">
              There is one with the same {there.same.join(' and ')} now:{' '}
              <a href={tenantPlace(tenant, [type === 'User' ? 'users' : 'groups', there.id])}>open it</a>
            </span>
          ))}
        </>
      ),
    },
    { title: 'Type', cell: ({ type }) => <Badge>{type}</Badge> },
    { title: 'Deleted', cell: ({ deleted }) => <Moment at={deleted} /> },
    { title: 'By', cell: ({ by }) => by },
    { title: 'Kept until', cell: ({ keptUntil }) => dateOf(Date.parse(keptUntil)) },
    {
      title: 'Restore',
      isAction: true,
      cell: (row) => (
        <RestoreButton
          name={row.name ?? row.id}
          obstacle={obstacleOf(row)}
          busy={restoring.running}
          onRestore={() => restoring.run(row)}
        />
      ),
    },
  ];
  return (
    <>
      {restoring.error && <ErrorNotice error={restoring.error} />}
      <Panel flush>
        <Table caption="Deleted users and groups" columns={columns} rows={rows} keyOf={({ id }) => id} />
      </Panel>
    </>
  );
}
