/** Which groups a rule is about: exactly one of these. Names are compared as the endpoint compares names of groups. */
export type GroupSelector =
  | { readonly displayName: string }
  /** A `displayName` in which `*` stands for any characters, or none. */
  | { readonly pattern: string }
  | { readonly externalId: string }
  | { readonly id: string };

export type SelectorName = 'displayName' | 'pattern' | 'externalId' | 'id';

/** The roles that members of a group get; none, to keep members of a group from the default. */
export type RoleRule = GroupSelector & { readonly roles: readonly string[] };

/** How the groups of a tenant become roles of the application. It is data of the tenant, which operators set. */
export interface RoleMapping {
  /** Whether all rules that match give their roles, or only the first one does. */
  readonly match: 'all' | 'first';
  readonly rules: readonly RoleRule[];
  /** The roles of a user whom no rule matches. */
  readonly default: readonly string[];
}

/** The mapping of a tenant. */
export interface TenantRoles {
  readonly mapping: RoleMapping;
  /** Whether groups in groups count: the tenant's profile allows them. */
  readonly nested: boolean;
}

/** What rules look at in a group. */
export interface RoleGroup {
  readonly id: string;
  readonly displayName?: string;
  readonly externalId?: string;
}
