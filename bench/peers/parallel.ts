import { addMembers, createGroup, type SeededPeer, send } from './client';

const changes = 20;

/** Adds members to a group, all at once, one per request. Returns how many were accepted and how many are there after. */
export async function addInParallel({ peer, users }: SeededPeer): Promise<string> {
  const group = await createGroup(peer, `Parallel ${Date.now()}`);
  const ids = users.slice(0, changes);
  const results = await Promise.allSettled(ids.map((id) => send(peer, addMembers(group, [id]))));
  const accepted = ids.filter((_, at) => results[at]?.status === 'fulfilled');
  const { members = [] } = await send(peer, { method: 'GET', path: `/Groups/${group}` });
  const present = new Set((members as { value: unknown }[]).map(({ value }) => String(value)));
  const lost = accepted.filter((id) => !present.has(id)).length;
  return `${accepted.length} of ${changes} accepted, ${lost} of these lost`;
}
