import type { FilterIndex } from '../scim/filter/plan';
import type { ResourceTypeName } from '../scim/schema/profile';
import type { IndexName } from './store';

/** An index over values of an attribute. */
export interface AttributeIndex {
  readonly index: IndexName;
  /** The attribute, and the sub-attribute of its values where it is complex. */
  readonly attribute: string;
  readonly subAttribute?: string;
  /** Whether a value is compared exactly; otherwise folded. */
  readonly caseExact: boolean;
  /** Whether only the primary value has to be unique, where the profile asks for uniqueness. */
  readonly primaryOnly?: boolean;
}

/** What the directory needs to know about a resource type besides its schema. */
export interface ResourceType {
  readonly name: ResourceTypeName;
  readonly endpoint: 'Users' | 'Groups';
  readonly indexes: readonly AttributeIndex[];
  /** The indexes that filters can use, best first. */
  readonly filterIndexes: readonly FilterIndex[];
  /** The attribute that shows memberships: a group's members, or the groups a user belongs to. */
  readonly membership: 'members' | 'groups';
  /** Attributes that a PATCH cannot remove. */
  readonly notRemovable: readonly string[];
}

const lastModified: FilterIndex = { name: 'modified', path: 'meta.lastModified', range: true };

export const userType: ResourceType = {
  name: 'User',
  endpoint: 'Users',
  indexes: [
    { index: 'userName', attribute: 'userName', caseExact: false },
    { index: 'externalId', attribute: 'externalId', caseExact: true },
    { index: 'emails', attribute: 'emails', subAttribute: 'value', caseExact: false, primaryOnly: true },
  ],
  filterIndexes: [
    { name: 'id', path: 'id' },
    { name: 'userName', path: 'userName' },
    { name: 'externalId', path: 'externalId' },
    { name: 'emails', path: 'emails.value' },
    { name: 'groups', path: 'groups.value' },
    lastModified,
  ],
  membership: 'groups',
  notRemovable: ['active'],
};

export const groupType: ResourceType = {
  name: 'Group',
  endpoint: 'Groups',
  indexes: [
    { index: 'displayName', attribute: 'displayName', caseExact: false },
    { index: 'externalId', attribute: 'externalId', caseExact: true },
  ],
  filterIndexes: [
    { name: 'id', path: 'id' },
    { name: 'displayName', path: 'displayName' },
    { name: 'externalId', path: 'externalId' },
    { name: 'members', path: 'members.value' },
    lastModified,
  ],
  membership: 'members',
  notRemovable: [],
};

export const resourceTypes: readonly ResourceType[] = [userType, groupType];
