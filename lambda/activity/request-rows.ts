import type { FailedOperation } from '../directory/request';
import type { RequestFacts } from '../gateway/request-facts';
import { isObject, type Json } from '../scim/json';
import type { ScimError } from '../scim/message/error';
import type { ResourceTypeName } from '../scim/schema/profile';
import { beginning } from '../scim/text/beginning';
import { expiryAfter } from '../store/activity';
import { activityOf, type Target, targetOf } from './activity-of';
import { nameHash } from './keys';
import { redacted } from './redact';
import { causeOf } from './remedy';
import type { ActivityRow } from './row';

/** How a row of a request is kept. */
export interface Keeping {
  /** A new id for the row. */
  readonly rowId: string;
  /** For how many days. */
  readonly days: number;
}

/** The longest detail that is kept, in characters. */
const longestDetail = 2000;

/** The row of a failed request. */
export function failureRow(facts: RequestFacts, error: ScimError, keeping: Keeping): ActivityRow {
  const target = targetOf(facts.route, facts.pathId);
  return failed(facts, target, facts.request?.body, error, keeping);
}

/** The row of a failed operation of a bulk request. */
export function operationRow(facts: RequestFacts, operation: FailedOperation, keeping: Keeping): ActivityRow {
  const { method, path, body, error } = operation;
  const route = `/${path[0]}${path.length > 1 ? '/{id}' : ''}`;
  const found = targetOf(route, path[1]);
  // Any other path is what the client wrote.
  const target = found.type ? found : { path: '/Bulk' };
  const row = failed({ ...facts, method }, target, body, error, keeping);
  return { ...row, status: error.status, bulk: true };
}

function failed(
  facts: RequestFacts,
  target: Target,
  body: Json | undefined,
  { scimType, detail, status }: ScimError,
  keeping: Keeping,
): ActivityRow {
  const { tenantId } = facts.caller;
  const name = target.type && nameIn(target.type, body);
  return {
    ...common(facts, target, keeping),
    kind: 'failure',
    template: activityOf(facts.method, target).failed,
    ...(target.type && name && target.id === undefined && { nameHash: nameHash(tenantId, target.type, name) }),
    ...(scimType && { scimType }),
    remedy: causeOf(status, scimType, detail),
    personal: { ...(name && { name }), detail: beginning(detail, longestDetail) },
  };
}

/** The row of a successful read; nothing for a request of another kind. */
export function readRow(facts: RequestFacts, keeping: Keeping): ActivityRow | undefined {
  const target = targetOf(facts.route, facts.pathId);
  const template = activityOf(facts.method, target, facts.request?.query.has('filter')).read;
  // Which one was read says nothing about the kind, and there is one row for all of them.
  const { id: _, ...kind } = target;
  return template && { ...common(facts, kind, keeping), kind: 'read', template, personal: {} };
}

/** The row with the bodies of a request, of which only what the schemas know is kept. */
export function bodiesRow(facts: RequestFacts, keeping: Keeping): ActivityRow {
  const { request, response, error, caller } = facts;
  const answered = response?.body ?? (error && { status: String(error.status), detail: error.detail });
  const target = targetOf(facts.route, facts.pathId);
  const created = facts.method === 'POST' ? response?.body?.id : undefined;
  const id = target.id ?? (typeof created === 'string' ? created : undefined);
  const name = target.type && nameIn(target.type, request?.body);
  return {
    ...common(facts, { ...target, ...(id !== undefined && { id }) }, keeping),
    kind: 'bodies',
    template: 'bodiesKept',
    ...(target.type && name && id === undefined && { nameHash: nameHash(caller.tenantId, target.type, name) }),
    personal: {
      ...(request?.body !== undefined && { sent: redacted(caller.profile, request.body) }),
      ...(answered && { answered: redacted(caller.profile, answered) }),
    },
  };
}

function common(facts: RequestFacts, { path, type, id }: Target, { rowId, days }: Keeping) {
  const { caller, origin, requestId, method, status, started, ended } = facts;
  const time = started.toISOString();
  const { address, agent } = origin;
  return {
    tenantId: caller.tenantId,
    rowId,
    time,
    request: requestId,
    actor: {
      credential: caller.credentialId,
      ...(caller.credentialLabel !== undefined && { label: caller.credentialLabel }),
    },
    ...(address !== undefined && { address }),
    ...(agent !== undefined && { agent }),
    method,
    path,
    ...(type && { resource: { type, ...(id !== undefined && { id }) } }),
    status,
    milliseconds: ended.getTime() - started.getTime(),
    expires: expiryAfter(time, days),
  };
}

/** The most characters of a name; a client cannot set a longer one. */
const longestName = 1024;

/** The name of a resource in a body, whatever the letter case of the attribute. */
function nameIn(type: ResourceTypeName, body: Json | undefined): string | undefined {
  if (!isObject(body)) return undefined;
  const wanted = type === 'User' ? 'username' : 'displayname';
  const name = Object.entries(body).find(([attribute]) => attribute.toLowerCase() === wanted)?.[1];
  return typeof name === 'string' && name !== '' ? beginning(name, longestName) : undefined;
}
