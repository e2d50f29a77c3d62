import { patchBody, userBody } from '../../test/directory/requests';
import { addMembers, removeMember, type SeededPeer, type Sent } from './client';

/** Request number `at` of a kind; nothing when there is no further user for it. */
type MakeRequest = (seeded: SeededPeer, at: number) => Sent | undefined;

const get = (path: string): Sent => ({ method: 'GET', path });
/** Spread over the tenant, so that no two requests in a row read the same. */
const anyUser = ({ users }: SeededPeer, at: number) => (at * 7) % users.length;
/** A user who is not in the group, as long as there are some and the group may have more members. */
function outsider({ peer, users, members }: SeededPeer, at: number): string | undefined {
  const next = members + at;
  return next < (peer.maxMembers ?? users.length) ? users[next] : undefined;
}

/** What is measured, in this order: what one kind adds, the next one removes. */
export const kinds: Readonly<Record<string, MakeRequest>> = {
  create: (seeded) => {
    seeded.created += 1;
    return { method: 'POST', path: '/Users', body: userBody(`new${seeded.created}`) };
  },
  get: (seeded, at) => get(`/Users/${seeded.users[anyUser(seeded, at)]}`),
  'userName eq': (seeded, at) =>
    get(`/Users?filter=${encodeURIComponent(`userName eq "user${anyUser(seeded, at)}@example.com"`)}`),
  'list 100, middle': ({ users }) => get(`/Users?startIndex=${Math.floor(users.length / 2)}&count=100`),
  'PATCH active': (seeded, at) => {
    const id = seeded.users[anyUser(seeded, at)] ?? '';
    const value = seeded.disabled.has(id);
    if (value) seeded.disabled.delete(id);
    else seeded.disabled.add(id);
    return { method: 'PATCH', path: `/Users/${id}`, body: patchBody({ op: 'replace', path: 'active', value }) };
  },
  'add one member': (seeded, at) => {
    const id = outsider(seeded, at);
    return id === undefined ? undefined : addMembers(seeded.group, [id]);
  },
  'remove one member': (seeded, at) => {
    const id = outsider(seeded, at);
    return id === undefined ? undefined : removeMember(seeded.peer, seeded.group, id);
  },
  'group without members': ({ group }) => get(`/Groups/${group}?excludedAttributes=members`),
};
