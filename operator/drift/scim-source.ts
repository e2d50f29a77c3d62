import { isArray, isObject, type JsonObject } from '../../lambda/scim/json';
import type { ResourceTypeName } from '../../lambda/scim/schema/profile';
import { OperatorError } from '../error';
import { type GetScim, type ScimPlace, scimGetter } from './scim-get';
import type { ExpectedItem, Source } from './source';

/** How many resources to ask for at a time; an endpoint may return fewer. */
const pageSize = 100;

/**
 * What another SCIM endpoint holds (RFC 7644 §3.4.2). Groups are listed without members, which are then read one group at
 * a time, so that no answer becomes larger than it must.
 * @throws OperatorError if the URL is not https, or, while it is read, if the endpoint does not answer as SCIM requires
 */
export function openScim(place: ScimPlace): Source {
  const get = scimGetter(place);
  return {
    title: 'the other endpoint',
    holds: 'everything of another',
    async *items() {
      for await (const user of list(get, 'Users', {})) yield { resource: toExpected('User', user) };
      for await (const group of list(get, 'Groups', { excludedAttributes: 'members' })) {
        yield { resource: toExpected('Group', group) };
        const whole = await get(`Groups/${encodeURIComponent(group.id)}`, {});
        yield* membersOf(group.id, String(group.displayName), whole);
      }
    },
  };
}

async function* list(get: GetScim, endpoint: string, query: Readonly<Record<string, string>>): AsyncIterable<Listed> {
  let before: string | undefined;
  for (let start = 1, total = 1; start <= total; ) {
    const page = readPage(
      endpoint,
      await get(endpoint, { ...query, startIndex: String(start), count: String(pageSize) }),
    );
    const [first] = page.resources;
    if (first && first.id === before) {
      throw new OperatorError(`The other endpoint repeats a page of ${endpoint}: it ignores startIndex.`);
    }
    before = first?.id;
    yield* page.resources;
    start += page.resources.length;
    total = page.total;
    if (!first && start <= total) {
      throw new OperatorError(
        `The other endpoint says that it has ${total} ${endpoint}, but listed ${start - 1}: did it change? Try again.`,
      );
    }
  }
}

type Listed = JsonObject & { readonly id: string };

function readPage(endpoint: string, { totalResults, Resources }: JsonObject) {
  if (typeof totalResults !== 'number') {
    throw new OperatorError(`The other endpoint's list of ${endpoint} has no totalResults: is this a SCIM endpoint?`);
  }
  const resources = (isArray(Resources) ? Resources.filter(isObject) : []).map((resource): Listed => {
    if (typeof resource.id === 'string') return { ...resource, id: resource.id };
    throw new OperatorError(`The other endpoint lists a resource without id in ${endpoint}.`);
  });
  return { total: totalResults, resources };
}

function toExpected(type: ResourceTypeName, body: JsonObject) {
  const name = String(body[type === 'User' ? 'userName' : 'displayName']);
  const standing = body.active === false ? ('disabled' as const) : ('enabled' as const);
  return {
    type,
    id: String(body.id),
    at: `${type} ${String(body.id)} "${name}" of the other endpoint`,
    body,
    standing,
  };
}

function* membersOf(id: string, name: string, { members }: JsonObject): Iterable<ExpectedItem> {
  for (const member of isArray(members) ? members : []) {
    if (!isObject(member) || typeof member.value !== 'string') continue;
    const type = isGroup(member) ? 'Group' : 'User';
    const at = `Group ${id} "${name}" of the other endpoint`;
    yield { membership: { at, group: { id }, member: { id: member.value, type } } };
  }
}

/** Some endpoints leave out `type`; the address of a member then tells what it is (RFC 7643 §4.2). */
function isGroup({ type, $ref }: JsonObject): boolean {
  if (typeof type === 'string') return type.toLowerCase() === 'group';
  return typeof $ref === 'string' && /\/Groups\/[^/]+$/.test($ref);
}
