import { isId } from '../directory/id';
import type { ResourceTypeName } from '../scim/schema/profile';
import type { TemplateId } from './templates';

/** What a request is about. */
export interface Target {
  /** The pattern of its path below the Base URL, such as `/Users/{id}`. */
  readonly path: string;
  readonly type?: ResourceTypeName;
  /** The id that the path names. */
  readonly id?: string;
}

/** The sentences of a request: if it fails, and if it is a read that succeeds. */
interface Activity {
  readonly failed: TemplateId;
  readonly read?: TemplateId;
}

const base = /^\/\{tenantId\}(?:\/scim\/v2)?/;

const types: ReadonlyMap<string, ResourceTypeName> = new Map([
  ['/Users', 'User'],
  ['/Groups', 'Group'],
]);

/**
 * What a request is about.
 * @param route the pattern of its route, with the tenant
 * @param pathId the id in its path, as it was sent
 */
export function targetOf(route: string, pathId: string | undefined): Target {
  const pattern = route.replace(base, '') || '/';
  const type = types.get(pattern.replace(/\/\{id\}$/, ''));
  const isIn = type !== undefined && pathId !== undefined && isId(pathId);
  return { path: pattern, ...(type && { type }), ...(isIn && { id: pathId }) };
}

const ofCollection: ReadonlyMap<string, Activity> = new Map([
  ['POST', { failed: 'createFailed' }],
  ['GET', { failed: 'listFailed', read: 'listed' }],
  ['HEAD', { failed: 'listFailed', read: 'listed' }],
]);

const ofResource: ReadonlyMap<string, Activity> = new Map([
  ['GET', { failed: 'readFailed', read: 'read' }],
  ['HEAD', { failed: 'readFailed', read: 'read' }],
  ['PUT', { failed: 'changeFailed' }],
  ['PATCH', { failed: 'changeFailed' }],
  ['DELETE', { failed: 'deleteFailed' }],
]);

const discovery = /^\/(?:ServiceProviderConfig|ResourceTypes|Schemas)(?:\/\{id\})?$/;

/** The sentences of a request on a target. @param filtered whether a list has a filter */
export function activityOf(method: string, { path, type }: Target, filtered = false): Activity {
  const other: Activity = { failed: 'requestFailed' };
  if (type) {
    const activity = (path.endsWith('/{id}') ? ofResource : ofCollection).get(method) ?? other;
    return filtered && activity.read === 'listed' ? { ...activity, read: 'lookedUp' } : activity;
  }
  if (path === '/Bulk') return { failed: 'bulkFailed' };
  if (path === '/' || path.endsWith('/.search')) return { failed: 'searchFailed', read: 'searched' };
  return discovery.test(path) ? { ...other, read: 'discovered' } : other;
}
