import type { Person } from '../../api/portal';
import { Badge } from '../../ui/badge';
import { LinkButton } from '../../ui/button';
import { Panel, Screen } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { changeQuery, useLocation } from '../../ui/location';
import { Moment } from '../../ui/moment';
import { Empty } from '../../ui/notice';
import { Pager } from '../../ui/pager';
import { hrefTo } from '../../ui/router';
import { Search } from '../../ui/search';
import { type Column, RowLink, Table } from '../../ui/table';
import { useLoaded } from '../../ui/use-call';
import { usePortal } from '../context';

const columns: readonly Column<Person>[] = [
  {
    title: 'Name',
    cell: ({ id, displayName, userName }) => (
      <>
        <RowLink href={hrefTo(['people', id])}>{displayName ?? userName}</RowLink>
        {displayName && <span class="sub">{userName}</span>}
      </>
    ),
  },
  { title: 'Email', cell: ({ email, userName }) => (email === userName ? undefined : email) },
  { title: 'State', cell: ({ active }) => <State active={active} /> },
  { title: 'Changed', cell: ({ modified }) => <Moment at={modified} /> },
];

/** How many people. */
const peopleOf = (count: number) => (count === 1 ? '1 person' : `${count.toLocaleString('en')} people`);

/** Whether a person may use the product. */
export function State({ active }: { readonly active: boolean }) {
  return active ? <Badge tone="good">Active</Badge> : <Badge tone="warning">Disabled</Badge>;
}

/** Everybody in the directory, by page, or who is looked for. */
export function People() {
  const { call, session } = usePortal();
  const location = useLocation();
  const { search = '', cursor } = location.query;
  const loaded = useLoaded(`${search} ${cursor ?? ''}`, (signal) =>
    call('users.list', { ...(search && { search }), ...(cursor && { cursor }) }, signal),
  );
  return (
    <Screen
      title="People"
      of={session.productName}
      lead={`Who is in ${session.productName}, as your identity provider has sent it.`}
      actions={<LinkButton href="#/people/deleted">Deleted people</LinkButton>}
    >
      <div class="toolbar">
        <Search
          label="Look for a user name, an email address or an external id, in full"
          placeholder="User name, email address or external id"
          value={search}
          onSearch={(text) => changeQuery({ search: text || undefined, cursor: undefined, trail: undefined })}
        />
      </div>
      <Show loaded={loaded}>
        {({ users, total, cursor: next }) =>
          users.length > 0 ? (
            <>
              <Panel flush>
                <Table caption="People" columns={columns} rows={users} keyOf={({ id }) => id} />
              </Panel>
              <Pager location={location} next={next} shown={shown(users.length, total)} />
            </>
          ) : (
            <Nobody search={search} />
          )
        }
      </Show>
    </Screen>
  );
}

const shown = (count: number, total = count) =>
  total === count ? peopleOf(count) : `${count.toLocaleString('en')} of ${peopleOf(total)}`;

function Nobody({ search }: { readonly search: string }) {
  if (!search) return <Empty title="Nobody is here yet.">The steps say how your identity provider sends people.</Empty>;
  return (
    <Empty title={`Nobody has “${search}”.`}>
      The whole user name, email address or external id is compared, capital letters or not. If the person is missing,
      look at <a href="#/status">Failures</a>, or whether your identity provider has assigned the person.
    </Empty>
  );
}
