import { type Projection, parseProjection } from '../scim/resource/project';
import { type ResourceView, resourceView } from '../scim/schema/view';
import type { ScimRequest, Services } from './request';
import { requestStore } from './request-store';
import type { ResourceType } from './resource-types';
import type { Collection, Store } from './store';

/** Everything that a method on one resource type works with, made once per request. */
export interface Context {
  /** Its calls count as work of the request, and it writes only for a tenant that is open. */
  readonly store: Store;
  readonly services: Services;
  readonly request: ScimRequest;
  readonly type: ResourceType;
  readonly view: ResourceView;
  readonly collection: Collection;
  /** The attributes in the response (RFC 7644 §3.9). */
  readonly projection: Projection;
}

/** @throws ScimError 400 when the projection parameters contradict each other. */
export function makeContext(services: Services, request: ScimRequest, type: ResourceType): Context {
  const { profile } = request.caller;
  const view = services.views?.[profile][type.name] ?? resourceView(profile, type.name);
  return {
    store: requestStore(services.store, request),
    services,
    request,
    type,
    view,
    collection: { tenantId: request.caller.tenantId, type: type.name },
    projection: parseProjection(view, request.query.get('attributes'), request.query.get('excludedAttributes')),
  };
}

/** The instant of a change that follows `previous`: now, but never earlier than what it follows. */
export function nextInstant(services: Services, previous: string): string {
  const now = services.now().toISOString();
  return now > previous ? now : previous;
}
