import type { JsonObject } from '../scim/json';
import { forbidden, notFound, notImplemented } from '../scim/message/error';
import { listResponse } from '../scim/message/list';
import { resourceTypeDocument } from '../scim/message/resource-type';
import { schemaDocuments } from '../scim/message/schema';
import { serviceProviderConfig } from '../scim/message/service-provider-config';
import { resourceView } from '../scim/schema/view';
import type { MethodHandler, ScimRequest, ScimResponse } from './request';
import { resourceTypes } from './resource-types';

/** GET /ServiceProviderConfig (RFC 7644 §4). @param documentation the URL of the deployer's documentation, if there is one */
export function serviceProviderConfigHandler(documentation: string | undefined): MethodHandler {
  return (_, request) => {
    refuseFilter(request);
    return { status: 200, body: serviceProviderConfig(request.caller.profile, request.baseUrl, documentation) };
  };
}

/** GET /ResourceTypes and /ResourceTypes/{id}. @throws ScimError 404 */
export const resourceTypesHandler: MethodHandler = (_, request) => represent(request, resourceTypeDocuments(request));

/** GET /Schemas and /Schemas/{urn}, as the tenant's profile has them. @throws ScimError 404 */
export const schemasHandler: MethodHandler = (_, request) =>
  represent(
    request,

    views(request).flatMap((view) => schemaDocuments(view, request.baseUrl)),
  );

/** Any request to /Me: a tenant's token does not belong to a user (RFC 7644 §3.11). @throws ScimError 501 */
export const meHandler: MethodHandler = () => {
  throw notImplemented('/Me is not supported: a tenant token is not the identity of a user. Use /Users.');
};

function views({ caller }: ScimRequest) {
  return resourceTypes.map(({ name }) => resourceView(caller.profile, name));
}

function resourceTypeDocuments(request: ScimRequest): readonly JsonObject[] {
  return views(request).map((view) => resourceTypeDocument(view, request.baseUrl));
}

function represent(request: ScimRequest, documents: readonly JsonObject[]): ScimResponse {
  refuseFilter(request);
  const [collection, id] = request.path;
  if (id === undefined) {
    return { status: 200, body: listResponse(documents, { totalResults: documents.length, startIndex: 1 }) };
  }
  const found = documents.find((document) => String(document.id).toLowerCase() === id.toLowerCase());
  if (!found) throw notFound(`${collection} has no "${id}"; GET /${collection} lists what there is.`);
  return { status: 200, body: found };
}

/** RFC 7644 §4: a filter on these endpoints is refused with 403, so that clients notice that it has no effect. */
function refuseFilter({ query, path }: ScimRequest): void {
  if (query.has('filter')) throw forbidden(`/${path[0]} cannot be filtered; leave filter out.`);
}
