import type { StoredMember, StoredResource } from '../../lambda/directory/store';
import type { Group, Member, User } from './user';

/** A stored user as the library returns it. */
export function toUser<E extends object>({ id, version, created, modified, resource }: StoredResource): User<E> {
  const { userName, active, ...attributes } = resource;
  const own = { id, version, created, modified, userName: String(userName), active: active !== false };
  // The endpoint has validated the attributes by the schemas that the types describe.
  return { ...attributes, ...own } as User<object> as User<E>;
}

/** A stored group as the library returns it. */
export function toGroup<E extends object>({ id, version, created, modified, resource }: StoredResource): Group<E> {
  const { displayName, ...attributes } = resource;
  const own = { id, version, created, modified, displayName: String(displayName) };
  return { ...attributes, ...own } as Group<object> as Group<E>;
}

/** A stored member as the library returns it. */
export function toMember({ value, type }: StoredMember): Member {
  return { id: value, type: type ?? 'User' };
}
