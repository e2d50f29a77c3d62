import type { FilterIndex } from '../../../lambda/scim/filter/plan';

/** Every index a store may have, best first. */
export const indexes: readonly FilterIndex[] = [
  { name: 'id', path: 'id' },
  { name: 'userName', path: 'userName' },
  { name: 'externalId', path: 'externalId' },
  { name: 'emails', path: 'emails.value' },
  { name: 'displayName', path: 'displayName' },
  { name: 'members', path: 'members.value' },
  { name: 'groups', path: 'groups.value' },
  { name: 'modified', path: 'meta.lastModified', range: true },
];
