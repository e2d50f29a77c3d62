import type { JsonObject } from '../lambda/scim/json';
import { userBody } from '../test/directory/requests';
import { requestNamed, type Sent, type Target } from './profile-requests';

interface Address {
  readonly baseUrl: string;
  readonly token: string;
}

/** How many users the local endpoint gets: its CPU per request does not grow with them (`npm run bench:storage`). */
const users = 300;

/** Sends a local endpoint its users and a group, and returns the function that sends it requests by name. */
export async function clientOf({ baseUrl, token }: Address): Promise<(name: string, at: number) => Promise<void>> {
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/scim+json',
    'Accept-Encoding': 'identity',
  };
  const send = async ({ method, path, body, status }: Sent): Promise<JsonObject> => {
    const response = await fetch(baseUrl + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (response.status !== status) throw new Error(`${method} ${path} returned ${response.status}: ${text}`);
    return text ? JSON.parse(text) : {};
  };
  const create = (path: string, body: JsonObject) => send({ method: 'POST', path, body, status: 201 });
  const ids: string[] = [];
  for (let at = 0; at < users; at += 1) ids.push(String((await create('/Users', userBody(`user${at}`))).id));
  const members = ids.slice(0, -20).map((value) => ({ value }));
  const group = await create('/Groups', { displayName: 'Everyone', members });
  const target: Target = { tenantId: '', size: users, users: ids, group: String(group.id) };
  return async (name, at) => {
    await send(requestNamed(name, target, at));
  };
}
