import type { ActivityRow } from '../../lambda/activity/row';
import { curlOf } from '../../operator/activity/curl';
import { describeRow } from '../../operator/activity/describe';
import { activityFilter } from '../../operator/activity/filter';
import { activityTable, type OpenActivity } from '../../operator/activity/open';
import { positionNow, readNews, readPage } from '../../operator/activity/page';
import type { ActivityFilter } from '../../operator/activity/read';
import { recordBodiesUntil } from '../../operator/activity/record-bodies';
import { findRequest } from '../../operator/activity/request';
import type { ActivityCalls, ActivityDetails, ActivityFilter as Wanted } from '../../web/api/console/activity';
import { type Handlers, ofTenant, type TenantContext } from '../call';
import { flag, text, time, whole } from '../input';
import { entryOf } from './rows';

/** How many rows a page has, and how many new ones are sent at once. */
const counts = { page: 50, news: 200 };

const hour = 3_600_000;

const filters = { failed: flag, user: text(), group: text(), credential: text() };

/** Calls about what happened. */
export const activityCalls: Handlers<ActivityCalls> = {
  'activity.list': ofTenant({}, { ...filters, since: time, cursor: text() }, async (context, { cursor, ...wanted }) => {
    const activity = open(context);
    const filter = { ...(await filterOf(activity, wanted)), ...(cursor !== undefined && { before: cursor }) };
    const position = positionNow(activity).toISOString();
    const { rows, next } = await readPage(activity, filter, counts.page);
    return { rows: rows.map(entryOf), position, ...(next !== undefined && { next }) };
  }),

  'activity.news': ofTenant({ position: time }, filters, async (context, { position, ...wanted }) => {
    const activity = open(context);
    const filter = await filterOf(activity, wanted);
    const { rows, more, position: next } = await readNews(activity, filter, new Date(position), counts.news);
    return { rows: rows.map(entryOf), more, position: next.toISOString() };
  }),

  'activity.show': ofTenant({ request: text() }, {}, async ({ deployment, tenant }, { request }) => {
    const { rows, more } = await findRequest(deployment, request);
    const own = rows.filter(({ tenantId }) => tenantId === tenant.tenantId);
    const bodies = own.find(({ kind }) => kind === 'bodies')?.personal;
    const [sent, answered] = [bodies?.sent, bodies?.answered];
    const asked = own.find(({ method, bulk }) => method !== undefined && !bulk) ?? own.find(({ method }) => method);
    const curl = asked && curlOf(deployment.baseUrl(tenant.tenantId), asked, sent);
    return {
      rows: own.map(detailsOf),
      more,
      ...(sent !== undefined && { sent }),
      ...(answered !== undefined && { answered }),
      ...(curl && { curl: curl.command }),
      ...(curl?.missing && { curlNote: curl.missing }),
    };
  }),

  'activity.record': ofTenant({ hours: whole(0, 168) }, {}, async ({ deployment, tenant }, { hours }) => {
    const until = hours === 0 ? undefined : new Date(deployment.services.clock().getTime() + hours * hour);
    const notes = await recordBodiesUntil(deployment, tenant, until);
    return { notes, ...(until && { until: until.toISOString() }) };
  }),
};

function open({ deployment, tenant }: TenantContext): OpenActivity {
  return { deployment, table: activityTable(deployment), tenant };
}

function filterOf(activity: OpenActivity, { since, ...wanted }: Wanted): Promise<ActivityFilter> {
  return activityFilter(activity, { ...wanted, ...(since !== undefined && { since: new Date(since) }) });
}

function detailsOf(row: ActivityRow): ActivityDetails {
  const {
    actor,
    address,
    agent,
    method,
    path,
    changed,
    counts: numbers,
    scimType,
    personal,
    milliseconds,
    expires,
  } = describeRow(row);
  const { credential, identity } = actor;
  const detail = personal?.detail;
  return {
    ...entryOf(row),
    ...(credential !== undefined && { credential }),
    ...(identity !== undefined && { identity }),
    ...(address !== undefined && { address }),
    ...(agent !== undefined && { agent }),
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(changed && { changed }),
    ...(numbers && { counts: numbers }),
    ...(scimType !== undefined && { scimType }),
    ...(detail !== undefined && { detail }),
    ...(milliseconds !== undefined && { milliseconds }),
    keptUntil: expires,
  };
}
