import type { TenantRow } from '../../api/console/tenants';
import { Badge } from '../../ui/badge';
import { LinkButton } from '../../ui/button';
import { Panel, Screen } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { changeQuery, useLocation } from '../../ui/location';
import { LastUse } from '../../ui/moment';
import { Empty } from '../../ui/notice';
import { count } from '../../ui/number';
import { Pager } from '../../ui/pager';
import { hrefTo } from '../../ui/router';
import { Search } from '../../ui/search';
import { type Column, RowLink, Table } from '../../ui/table';
import { useConsole, useSession } from '../api';
import { tenantPlace } from '../places';
import { expiryTone, profileNames, TenantBadge } from '../states';

const columns: readonly Column<TenantRow>[] = [
  { title: 'Tenant', cell: ({ id, label }) => <RowLink href={tenantPlace(id)}>{label}</RowLink> },
  { title: 'State', cell: ({ state }) => <TenantBadge state={state} /> },
  { title: 'Profile', cell: ({ profile }) => <span class="nowrap">{profileNames[profile]}</span> },
  { title: 'Users', numeric: true, cell: ({ users }) => count(users) },
  { title: 'Groups', numeric: true, cell: ({ groups }) => count(groups) },
  {
    title: 'Last request',
    cell: ({ lastRequest }) => (lastRequest ? <LastUse at={lastRequest} /> : <span class="quiet">Never</span>),
  },
  { title: 'Failures, 24 h', numeric: true, cell: ({ id, failures }) => <Failures tenant={id} failures={failures} /> },
  { title: 'Credential ends', cell: ({ daysToExpiry }) => <Expiry days={daysToExpiry} /> },
];

function Failures({ tenant, failures }: { readonly tenant: string; readonly failures: TenantRow['failures'] }) {
  if (!failures) return <span class="quiet">–</span>;
  if (failures.count === 0) return 0;
  return (
    <a href={tenantPlace(tenant, ['activity'], { failed: 'true' })}>
      <Badge tone="bad">{`${count(failures.count)}${failures.more ? '+' : ''}`}</Badge>
    </a>
  );
}

function Expiry({ days }: { readonly days: number | undefined }) {
  if (days === undefined) return <span class="quiet">–</span>;
  const tone = expiryTone(days);
  const text = days < 0 ? 'Ended' : `In ${count(days)} ${days === 1 ? 'day' : 'days'}`;
  return tone ? <Badge tone={tone}>{text}</Badge> : text;
}

/** All tenants, with what a person looks for first: does it work, and does something end soon? */
export function Tenants() {
  const location = useLocation();
  const { version } = useSession();
  const { search, cursor } = location.query;
  const loaded = useConsole(
    'tenants.list',
    { ...(search && { search }), ...(cursor && { cursor }) },
    { every: 10_000 },
  );
  return (
    <Screen
      title="Tenants"
      of={`serverless-scim ${version}`}
      actions={
        <LinkButton kind="primary" icon="plus" href={hrefTo(['new'])}>
          Create tenant
        </LinkButton>
      }
    >
      <div class="toolbar">
        <Search
          label="Search by label or id"
          value={search ?? ''}
          onSearch={(text) => changeQuery({ search: text, cursor: undefined, trail: undefined })}
        />
      </div>
      <Show loaded={loaded} lines={6}>
        {({ tenants, total, next }) => (
          <>
            <Panel flush>
              {tenants.length > 0 ? (
                <Table caption="Tenants" columns={columns} rows={tenants} keyOf={({ id }) => id} />
              ) : (
                <NoTenants search={search} />
              )}
            </Panel>
            {total > 0 && (
              <Pager location={location} next={next} shown={`${count(tenants.length)} of ${count(total)} tenants`} />
            )}
          </>
        )}
      </Show>
    </Screen>
  );
}

function NoTenants({ search }: { readonly search: string | undefined }) {
  if (search)
    return <Empty title={`No tenant has “${search}” in its label.`}>Search for a part of its label, or its id.</Empty>;
  return (
    <Empty
      title="There are no tenants yet"
      action={
        <LinkButton kind="primary" icon="plus" href={hrefTo(['new'])}>
          Create tenant
        </LinkButton>
      }
    >
      Each customer gets a tenant: its own Base URL, users, groups and credentials.
    </Empty>
  );
}
