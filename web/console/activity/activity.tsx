import { useEffect, useRef, useState } from 'preact/hooks';
import type { ActivityEntry, ActivityFilter } from '../../api/console/activity';
import { Button } from '../../ui/button';
import { Select } from '../../ui/form';
import { Panel } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { changeQuery, useLocation } from '../../ui/location';
import { Empty, Notice } from '../../ui/notice';
import { Pager } from '../../ui/pager';
import { Search } from '../../ui/search';
import { livePeriod, useLoaded } from '../../ui/use-call';
import { call, useSession } from '../api';
import type { TenantProps } from '../props';
import { ActivityRows } from './activity-rows';
import { mergeRows } from './merge-rows';

const kinds = [
  { value: '', label: 'Everything' },
  { value: 'true', label: 'Failures only' },
] as const;

const periods = [
  { value: '', label: 'Any time', hours: undefined },
  { value: '1', label: 'Last hour', hours: 1 },
  { value: '24', label: 'Last 24 hours', hours: 24 },
  { value: '168', label: 'Last 7 days', hours: 168 },
] as const;

type Query = Readonly<Record<string, string>>;

function filterOf({ failed, user, group, credential, hours }: Query): ActivityFilter {
  return {
    ...(failed && { failed: true }),
    ...(user && { user }),
    ...(group && { group }),
    ...(credential && { credential }),
    ...(hours && { since: new Date(Date.now() - Number(hours) * 3_600_000).toISOString() }),
  };
}

/** What happened in a tenant, as it happens: filters, and rows that open to cause, remedy, request and answer. */
export function Activity({ tenant }: TenantProps) {
  const location = useLocation();
  const { activityKept } = useSession();
  const { query } = location;
  const [isLive, setLive] = useState(true);
  if (!activityKept) return <Empty title="This deployment keeps no activity">Set activityRetention to keep it.</Empty>;
  return (
    <>
      <Filters query={query} isLive={isLive} onLive={setLive} />
      <Feed key={JSON.stringify([filterKey(query), query.cursor])} tenant={tenant} isLive={isLive && !query.cursor} />
    </>
  );
}

const filterKey = ({ failed, user, group, credential, hours }: Query) => [failed, user, group, credential, hours];

/** Changes a filter, and goes back to the newest rows. */
const filterBy = (changes: Readonly<Record<string, string | undefined>>) =>
  changeQuery({ ...changes, cursor: undefined, trail: undefined, open: undefined });

interface FilterProps {
  readonly query: Query;
  readonly isLive: boolean;
  readonly onLive: (isLive: boolean) => void;
}

function Filters({ query, isLive, onLive }: FilterProps) {
  const narrowed = (['group', 'credential'] as const).filter((name) => query[name]);
  return (
    <div class="toolbar">
      <Search label="User: id, name or email" value={query.user ?? ''} onSearch={(user) => filterBy({ user })} />
      <Select
        label="Show"
        isInline
        choices={kinds}
        value={query.failed === 'true' ? 'true' : ''}
        onValue={(failed) => filterBy({ failed })}
      />
      <Select
        label="From"
        isInline
        choices={periods}
        value={periods.find(({ value }) => value === query.hours)?.value ?? ''}
        onValue={(hours) => filterBy({ hours })}
      />
      {narrowed.map((name) => (
        <Button
          key={name}
          icon="close"
          label={`Remove the filter ${name} ${query[name]}`}
          onClick={() => filterBy({ [name]: undefined })}
        >
          {name}: {query[name]}
        </Button>
      ))}
      <span class="live">
        {!query.cursor && (
          <Button kind="quiet" pressed={isLive} onClick={() => onLive(!isLive)}>
            <span class={isLive ? 'live-dot' : 'live-dot live-dot-off'} />
            {isLive ? 'Live' : 'Not live'}
          </Button>
        )}
      </span>
    </div>
  );
}

function Feed({ tenant, isLive }: { readonly tenant: string; readonly isLive: boolean }) {
  const location = useLocation();
  const { query } = location;
  const filter = useRef(filterOf(query));
  const input = { tenant, ...filter.current, ...(query.cursor && { cursor: query.cursor }) };
  const loaded = useLoaded(JSON.stringify(input), (signal) => call('activity.list', input, signal));
  const news = useNews(tenant, filter.current, loaded.value?.position, isLive, loaded.reload);
  const isNarrowed = filterKey(query).some(Boolean);
  const withOpen = useOpenRow(query.open);
  return (
    <Show loaded={loaded} lines={8}>
      {({ rows, next }) => (
        <>
          {news.error && <Notice tone="warning">New rows cannot be read at the moment: {news.error.message}</Notice>}
          <Panel flush>
            <ActivityRows tenant={tenant} rows={withOpen(mergeRows(news.rows, rows))} />
            {rows.length + news.rows.length === 0 && <NoRows isNarrowed={isNarrowed} />}
          </Panel>
          <Pager location={location} next={next} shown={query.cursor ? 'Older rows' : 'The newest rows'} />
        </>
      )}
    </Show>
  );
}

/** Adds the row that a person has open to rows that it has left meanwhile, because so many newer ones came. */
function useOpenRow(open: string | undefined) {
  const kept = useRef<ActivityEntry | undefined>(undefined);
  return (rows: readonly ActivityEntry[]) => {
    kept.current = [...rows, ...(kept.current ? [kept.current] : [])].find(({ id }) => id === open);
    return mergeRows(kept.current ? [kept.current] : [], rows);
  };
}

/** How many rows a list shows beside those that it began with: then it begins again, so that a page that is open for days stays small. */
const mostNews = 150;

/** Rows that came since a position, read every few seconds. A list that fell behind, or is long, is loaded again. */
function useNews(
  tenant: string,
  filter: ActivityFilter,
  start: string | undefined,
  isLive: boolean,
  reload: () => void,
): { readonly rows: readonly ActivityEntry[]; readonly error?: Error } {
  const position = useRef<string | undefined>(undefined);
  const [rows, setRows] = useState<readonly ActivityEntry[]>([]);
  const read = async (signal: AbortSignal) => {
    const from = position.current ?? start;
    if (!isLive || from === undefined) return from;
    const { since: _, ...kept } = filter;
    const news = await call('activity.news', { tenant, ...kept, position: from }, signal);
    if (signal.aborted) return from;
    position.current = news.position;
    const merged = mergeRows(news.rows, rows);
    if (news.more || merged.length > mostNews) reload();
    else setRows(merged);
    return news.position;
  };
  const loaded = useLoaded(`${isLive} ${start !== undefined}`, read, isLive ? { every: livePeriod } : {});
  useEffect(() => {
    position.current = undefined;
    setRows([]);
  }, [start]);
  return { rows, ...(loaded.error && { error: loaded.error }) };
}

function NoRows({ isNarrowed }: { readonly isNarrowed: boolean }) {
  if (isNarrowed)
    return <Empty title="Nothing fits these filters">Rows appear here within seconds of a request.</Empty>;
  return (
    <Empty title="Nothing has happened yet">
      Rows appear here within seconds of the identity provider’s first request. If it sends requests and none appears,
      its token is refused: the screen Credentials shows which.
    </Empty>
  );
}
