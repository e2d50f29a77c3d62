import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { JsonObject } from '../../lambda/scim/json';
import { patchBody, userBody } from '../../test/directory/requests';
import type { Peer } from './peer';

/** A peer, and what was put into it. */
export interface SeededPeer {
  readonly peer: Peer;
  readonly users: string[];
  /** A group of the first users: four fifths of them, or of what the peer allows. */
  group: string;
  members: number;
  /** How many users were created by measured requests. */
  created: number;
  readonly disabled: Set<string>;
}

/** One request. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: JsonObject;
}

const groupSchemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];

/** A connection for each request. */
const oneRequest = new Agent();

/**
 * Sends a request and reads the answer.
 * @throws Error if the status is not a success
 */
export async function send(
  { baseUrl, token, name }: Peer,
  { method, path, body }: Sent,
  agent = oneRequest,
): Promise<JsonObject> {
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/scim+json',
    // Some servers compress, others do not.
    'Accept-Encoding': 'identity',
  };
  const sent = request(baseUrl + path, { method, headers, agent }).end(body && JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const answer = await text(response);
  const { statusCode = 0 } = response;
  if (statusCode >= 300) throw new Error(`${name}: ${method} ${path} returned ${statusCode}: ${answer.slice(0, 200)}`);
  return answer ? JSON.parse(answer) : {};
}

/** A PATCH that adds users to a group, in the form that every peer takes. */
export function addMembers(group: string, ids: readonly string[]): Sent {
  const value = ids.map((id) => ({ value: id }));
  return { method: 'PATCH', path: `/Groups/${group}`, body: patchBody({ op: 'add', path: 'members', value }) };
}

/** A PATCH that removes a user from a group: by a filter, as RFC 7644 has it; django-scim2 knows values only. */
export function removeMember({ name }: Peer, group: string, id: string): Sent {
  const operation =
    name === 'django-scim2'
      ? { op: 'remove', path: 'members', value: [{ value: id }] }
      : { op: 'remove', path: `members[value eq "${id}"]` };
  return { method: 'PATCH', path: `/Groups/${group}`, body: patchBody(operation) };
}

/** Creates a group without members. Returns its id. */
export async function createGroup(peer: Peer, displayName: string): Promise<string> {
  const sent = { method: 'POST', path: '/Groups', body: { schemas: groupSchemas, displayName } };
  return String((await send(peer, sent)).id);
}

/** Adds users up to a size, and a new group of most of them. */
export async function seed(seeded: SeededPeer, size: number): Promise<void> {
  const { peer, users } = seeded;
  while (users.length < size) {
    const numbers = Array.from({ length: Math.min(8, size - users.length) }, (_, at) => users.length + at);
    const create = (at: number) => send(peer, { method: 'POST', path: '/Users', body: userBody(`user${at}`) });
    users.push(...(await Promise.all(numbers.map(create))).map(({ id }) => String(id)));
  }
  seeded.group = await createGroup(peer, `Group of ${size}`);
  seeded.members = Math.floor(Math.min(size * 0.8, peer.maxMembers === undefined ? size : peer.maxMembers * 0.4));
  // In parts: express accepts bodies of 100 KB, and better-auth finds 100 users at a time.
  for (let at = 0; at < seeded.members; at += 100) {
    await send(peer, addMembers(seeded.group, users.slice(at, Math.min(at + 100, seeded.members))));
  }
}
