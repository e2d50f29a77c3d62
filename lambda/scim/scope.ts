/** What a credential may do: everything, or only read (GET, HEAD and `.search`). Values of OAuth's `scope` (RFC 6749 §3.3). */
export const scopes = ['scim', 'scim:read'] as const;

/** What a credential may do. */
export type Scope = (typeof scopes)[number];

/** Whether it is the name of a scope. */
export function isScope(name: unknown): name is Scope {
  return scopes.some((scope) => scope === name);
}

/** Whether a credential with the scope `granted` may do what needs the scope `needed`. */
export function allows(granted: Scope, needed: Scope): boolean {
  return granted === 'scim' || granted === needed;
}
