import type { ResourceType } from '../../api/console/call';
import type { ResourceRow } from '../../api/console/directory';
import { Moment } from '../../ui/moment';
import { type Column, RowLink } from '../../ui/table';
import { tenantPlace } from '../places';
import { ActiveBadge } from '../states';

/** The words of each type: its tab, its noun, what it is searched by. */
export const words = {
  User: { tab: 'users', one: 'user', search: 'Name, email, externalId or id' },
  Group: { tab: 'groups', one: 'group', search: 'Name, externalId or id' },
} as const;

/** The columns of users or of groups. */
export function columnsOf(tenant: string, type: ResourceType): readonly Column<ResourceRow>[] {
  const name: Column<ResourceRow> = {
    title: type,
    cell: (row) => (
      <>
        <RowLink href={tenantPlace(tenant, [words[type].tab, row.id])}>{row.name}</RowLink>
        {row.displayName && row.displayName !== row.name && <span class="sub">{row.displayName}</span>}
      </>
    ),
  };
  const modified: Column<ResourceRow> = { title: 'Changed', cell: (row) => <Moment at={row.modified} /> };
  const externalId: Column<ResourceRow> = {
    title: 'externalId',
    isWide: true,
    cell: (row) => row.externalId && <code>{row.externalId}</code>,
  };
  if (type === 'Group') return [name, externalId, modified];
  return [
    name,
    { title: 'Email', cell: (row) => row.email !== row.name && row.email },
    externalId,
    { title: 'State', cell: (row) => <ActiveBadge active={row.active ?? true} /> },
    modified,
  ];
}
