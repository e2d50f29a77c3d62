/** What a credential may do: everything, or only read (GET, HEAD and searches). */
export type Scope = 'scim' | 'scim:read';

/** `incomplete`: its creation or revocation was interrupted, and it is not accepted; revoke it. */
export type CredentialState = 'live' | 'disabled' | 'expired' | 'incomplete';

/** The label of a credential, where it has one. */
export const labelled = (label: string | undefined) => (label ? { label } : {});
