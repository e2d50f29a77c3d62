import { bulkHandler } from '../../lambda/directory/bulk';
import { limitOf } from '../../lambda/directory/hour-count';
import type { ScimResponse, Services } from '../../lambda/directory/request';
import { groupType, userType } from '../../lambda/directory/resource-types';
import type { TenantState } from '../../lambda/directory/tenant-state';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import type { Json, JsonObject } from '../../lambda/scim/json';
import { ScimError } from '../../lambda/scim/message/error';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import type { Tables } from '../../lambda/store/tables';
import { patchBody, request, servicesOver, userBody } from './requests';

const endpoints = [userType, groupType].flatMap(resourceEndpoints);
/** The limits of a tenant with few users. */
export const usersLimit = limitOf('users', 0);
export const membersLimit = limitOf('members', 0);
let tenants = 0;

const bulk = bulkHandler(
  (services, inner) => dispatch(endpoints, inner)(services, inner),
  (error) => {
    throw error;
  },
);

/** A tenant of its own in these tables, with the brake. */
export function brakedTenant(tables: Tables, state: TenantState = { brake: true }) {
  const tenantId = `brake${tenants++}`;
  const send = async (method: string, path: string, body?: Json, through: Tables = tables): Promise<ScimResponse> => {
    const sent = { ...request(method, path, { tenantId, ...(body && { body }) }), state: Promise.resolve(state) };
    const services: Services = servicesOver(new DynamoStore(through));
    const handle = path === '/Bulk' ? bulk : dispatch(endpoints, sent);
    try {
      return await handle(services, sent);
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      return { status: error.status, headers: error.headers, body: { detail: error.detail } };
    }
  };
  const create = async (path: string, body: JsonObject) => String((await send('POST', path, body)).body?.id);
  const createUsers = (count: number, name: string) =>
    Promise.all(Array.from({ length: count }, (_, at) => create('/Users', userBody(`${name}${at}`))));
  const patch = (path: string, operation: JsonObject, tables?: Tables) =>
    send('PATCH', path, patchBody(operation), tables);
  const disable = (id: string, tables?: Tables) =>
    patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false }, tables);
  const enable = (id: string) => patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true });
  const createGroup = (displayName: string, members: readonly string[]) =>
    create('/Groups', { displayName, members: members.map((value) => ({ value })) });
  const members = async (id: string) => {
    const { body } = await send('GET', `/Groups/${id}`);
    return (body as { members: readonly JsonObject[] }).members.length;
  };
  return { tenantId, send, patch, create, createUsers, createGroup, members, disable, enable };
}
