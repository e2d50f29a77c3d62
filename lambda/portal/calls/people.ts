import { changedHere } from '../../../operator/directory/changed-here';
import { listDeleted } from '../../../operator/directory/deleted';
import { restoreDeleted } from '../../../operator/directory/restore';
import { setActive } from '../../../operator/directory/set-active';
import { withSweeping } from '../../../operator/directory/sweeping';
import { OperatorError } from '../../../operator/error';
import { administratorNote } from '../../../operator/operator-note';
import { queryRows, rowsOfSubject } from '../../../operator/store/activity';
import type { DeletedPerson, Person, PersonDetails } from '../../../web/api/portal';
import { subjectPartition } from '../../activity/keys';
import type { ActivityRow } from '../../activity/row';
import { isId } from '../../directory/id';
import { groupType, userType } from '../../directory/resource-types';
import type { StoredResource } from '../../directory/store';
import { isTestName } from '../../directory/test-domain';
import { isArray, isObject } from '../../scim/json';
import { fold } from '../../scim/text/fold';
import { type SessionContext, tenantOf } from '../context';
import { PortalError } from '../error';
import { lineOf } from '../line';
import { optionalTextIn, textIn } from '../read-call';

const most = { page: 50, found: 50, groups: 200, activity: 50, deleted: 100 };

const collectionOf = ({ current }: SessionContext) =>
  ({ tenantId: current.session.tenantId, type: userType.name }) as const;

/** `users.list` */
export async function listUsers(context: SessionContext) {
  const { store } = context.services.deployment;
  const search = optionalTextIn(context.input, 'search')?.trim();
  const cursor = optionalTextIn(context.input, 'cursor');
  const collection = collectionOf(context);
  if (search) return { users: (await findUsers(context, search)).map(toPerson) };
  const page = await store.page(collection, {
    after: cursor === undefined || !isId(cursor) ? undefined : cursor,
    limit: most.page,
  });
  const last = page.resources.at(-1);
  return {
    users: page.resources.map(toPerson),
    total: page.total,
    ...(page.more && last && { cursor: last.id }),
  };
}

/** Those whose userName, email address or externalId is this text. */
async function findUsers(context: SessionContext, search: string): Promise<readonly StoredResource[]> {
  const { store } = context.services.deployment;
  const collection = collectionOf(context);
  const ids = await Promise.all(
    userType.indexes.map(({ index, caseExact }) =>
      store.find(collection, index, caseExact ? search : fold(search), most.found),
    ),
  );
  return store.getMany(collection, [...new Set(ids.flat())].slice(0, most.found));
}

/** `users.get` */
export async function getUser(context: SessionContext): Promise<PersonDetails> {
  const { deployment } = context.services;
  const collection = collectionOf(context);
  const { tenantId } = collection;
  const stored = await requireUser(context);
  const { id, resource } = stored;
  const groupIds = ((await deployment.store.groupsOf(tenantId, [id])).get(id) ?? []).slice(0, most.groups);
  const [groups, activity, isChanged] = await Promise.all([
    deployment.store.getMany({ tenantId, type: groupType.name }, groupIds),
    activityOf(context, id),
    changedHere(deployment, collection, id),
  ]);
  return {
    ...toPerson(stored),
    resource,
    groups: groups.map((group) => ({ id: group.id, displayName: String(group.resource.displayName ?? '') })),
    activity: activity.map(lineOf),
    isChangedHere: isChanged !== undefined,
  };
}

/** The latest rows about a user. */
async function activityOf({ services, current, now }: SessionContext, id: string): Promise<readonly ActivityRow[]> {
  const { activity: table } = services.deployment;
  if (!table) return [];
  const found: ActivityRow[] = [];
  const rows = queryRows(table, rowsOfSubject(subjectPartition(current.session.tenantId, id)), {
    now,
    kinds: ['change', 'failure', 'action'],
    order: 'newest first',
    pageSize: most.activity,
  });
  for await (const row of rows) {
    found.push(row);
    if (found.length === most.activity) break;
  }
  return found;
}

/** `users.disable` and `users.enable` */
export const setUserActive =
  (active: boolean) =>
  async (context: SessionContext): Promise<Person> => {
    const { id } = await requireUser(context);
    const tenant = await tenantOf(context);
    await inWords(setActive(context.services.deployment, tenant, id, active, administratorNote));
    return toPerson(await requireUser(context));
  };

/** `users.deleted` */
export async function listDeletedUsers(context: SessionContext): Promise<{ readonly users: readonly DeletedPerson[] }> {
  const tenant = await tenantOf(context);
  const { deployment } = context.services;
  const { found } = await listDeleted(deployment, tenant, { type: 'User', count: most.deleted });
  const people = found.filter(({ restorable, name }) => restorable && !isTestName(name));
  return {
    users: (await withSweeping(deployment, tenant.tenantId, people)).map(
      ({ id, name = '', deleted, keptUntil: until, isSweeping }) => ({
        id,
        userName: name,
        deleted,
        until,
        isSweeping,
      }),
    ),
  };
}

/** `users.restore` */
export async function restoreUser(context: SessionContext): Promise<Person> {
  const id = textIn(context.input, 'id');
  const tenant = await tenantOf(context);
  const restored = restoreDeleted(context.services.deployment, tenant, userType, id, administratorNote);
  return toPerson((await inWords(restored)).stored);
}

/** @throws PortalError 404 */
async function requireUser(context: SessionContext): Promise<StoredResource> {
  const id = textIn(context.input, 'id');
  const stored = isId(id) ? await context.services.deployment.store.get(collectionOf(context), id) : undefined;
  if (stored) return stored;
  throw new PortalError(404, 'unknown', 'There is no such user; it may have been deleted.', 'Search for it again.');
}

/** Says in the administrator's words why an operation was refused. */
function inWords<Result>(operation: Promise<Result>): Promise<Result> {
  return operation.catch((error: unknown) => {
    if (!(error instanceof OperatorError)) throw error;
    const [, why = 'It is not possible at the moment.'] =
      refusals.find(([pattern]) => pattern.test(error.message)) ?? [];
    throw new PortalError(409, 'refused', `Nothing was changed. ${why}`, 'Load the list again.', { cause: error });
  });
}

/** What refusals of operations begin with or have, and what they mean for the administrator. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/changed by its identity provider only/, 'The operator has set that only your identity provider changes people.'],
  [/less than a minute ago|moments ago/, 'This user was deleted a moment ago: wait a minute, then restore it.'],
  [/is not deleted/, 'This user is there already.'],
  [/cannot be restored, because/, 'Another user has the same user name or another value that must be unique.'],
  [/no deleted|only its id is kept|was not kept/, 'This user is not kept any more and cannot be restored.'],
  [/deleted in the meantime/, 'This user was deleted in the meantime.'],
];

function toPerson({ id, resource, created, modified }: StoredResource): Person {
  const { userName, displayName, externalId, active } = resource;
  const email = emailOf(resource);
  return {
    id,
    userName: String(userName ?? ''),
    ...(typeof displayName === 'string' && { displayName }),
    ...(email !== undefined && { email }),
    ...(typeof externalId === 'string' && { externalId }),
    active: active !== false,
    created,
    modified,
  };
}

/** The primary email address, or the first one. */
function emailOf({ emails }: StoredResource['resource']): string | undefined {
  const all = isArray(emails) ? emails.filter(isObject) : [];
  const { value } = all.find(({ primary }) => primary === true) ?? all[0] ?? {};
  return typeof value === 'string' ? value : undefined;
}
