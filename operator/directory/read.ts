import { getHandler } from '../../lambda/directory/get';
import { listHandler } from '../../lambda/directory/list';
import type { MethodHandler, ScimRequest } from '../../lambda/directory/request';
import type { ResourceType } from '../../lambda/directory/resource-types';
import type { JsonObject } from '../../lambda/scim/json';
import { ScimError } from '../../lambda/scim/message/error';
import { schemasWith } from '../../lambda/scim/schema/schemas';
import { resourceView, type Views, viewsOf } from '../../lambda/scim/schema/view';
import { Work } from '../../lambda/scim/work';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { OperatorError } from '../error';
import { findTenant } from '../tenants/provision';
import { inferExtensions } from './inferred-schema';

/** Reads a tenant's directory with SCIM requests, as its identity provider does, but not over the API. */
export interface Directory {
  readonly tenant: Tenant;
  /**
   * Returns a page of resources with the attributes of their extensions: a ListResponse (RFC 7644 §3.4.2). A filter may name
   * extensions that this program does not know. @throws ScimError 400 for an invalid filter
   */
  list(type: ResourceType, query: Readonly<Record<string, string>>): Promise<JsonObject>;
  /** Returns one resource with the attributes of its extensions, by id or by the attribute that names it. @throws OperatorError if there is none */
  find(type: ResourceType, name: string, query?: Readonly<Record<string, string>>): Promise<JsonObject>;
}

/** Opens the directory of the tenant with this id or label. @throws OperatorError if there is no such tenant */
export async function openDirectory(deployment: Deployment, name: string): Promise<Directory> {
  const tenant = await findTenant(deployment.services, name);
  const { tenantId, profile } = tenant;
  const services = { store: deployment.store, now: deployment.services.clock, newId: () => '' };
  const ask = async (
    handle: MethodHandler,
    path: readonly string[],
    query: Readonly<Record<string, string>>,
    views?: Views,
  ) => {
    const request: ScimRequest = {
      requestId: 'scim-admin',
      caller: { tenantId, credentialId: 'scim-admin', scope: 'scim', profile },
      method: 'GET',
      path,
      query: new Map(Object.entries(query)),
      headers: new Map(),
      state: Promise.resolve({}),
      work: new Work(),
      baseUrl: deployment.baseUrl(tenantId),
    };
    const { body = {} } = await handle({ ...services, ...(views ? { views } : {}) }, request);
    return body;
  };
  const list: Directory['list'] = (type, query) => {
    const inferred = query.filter === undefined ? [] : inferExtensions(resourceView(profile, type.name), query.filter);
    const views = inferred.length > 0 ? viewsOf(schemasWith(inferred)) : undefined;
    return ask(listHandler(type), [type.endpoint], query, views);
  };

  return {
    tenant,
    async list(type, query) {
      const page = await list(type, query);
      const ids = resourcesOf(page).map(({ id }) => String(id));
      const stored = await deployment.store.getMany({ tenantId, type: type.name }, ids);
      const extensions = new Map(stored.map(({ id, resource }) => [id, extensionsIn(resource)]));
      const Resources = resourcesOf(page).map((each) => ({ ...each, ...extensions.get(String(each.id)) }));
      return { ...page, ...(page.Resources === undefined ? {} : { Resources }) };
    },
    async find(type, wanted, query = {}) {
      const withExtensions = async (found: JsonObject): Promise<JsonObject> => {
        const stored = await deployment.store.get({ tenantId, type: type.name }, String(found.id));
        return { ...found, ...extensionsIn(stored?.resource ?? {}) };
      };
      const get = (id: string) => ask(getHandler(type), [type.endpoint, id], query);
      const byId = await get(wanted).catch((error: unknown) => {
        if (error instanceof ScimError && error.status === 404) return undefined;
        throw error;
      });
      if (byId) return withExtensions(byId);
      const attribute = type.indexes[0]?.attribute ?? 'id';
      const filter = `${attribute} eq ${JSON.stringify(wanted)}`;
      const [found] = resourcesOf(await list(type, { filter, attributes: 'id' }));
      if (found) return withExtensions(await get(String(found.id)));
      throw new OperatorError(
        `Tenant ${tenant.label} has no ${type.name} with the id or ${attribute} "${wanted}": check the spelling.`,
        {
          remedy: {
            operation: type.name === 'User' ? 'list users' : 'list groups',
            values: { tenant: tenant.label },
          },
        },
      );
    },
  };
}

/** What is stored under the URNs of schema extensions: those of a deployment are in its functions, not in this program. */
function extensionsIn(resource: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => name.startsWith('urn:')));
}

/** The resources of a ListResponse. */
export function resourcesOf({ Resources }: JsonObject): readonly JsonObject[] {
  return (Resources ?? []) as readonly JsonObject[];
}
