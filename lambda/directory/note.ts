/**
 * Who made the last change of a resource, and in which request. The item of the resource keeps it, and so does its
 * tombstone: what follows the streams (events, activity) has no other way to know. It holds no personal data of users.
 */
export interface Note {
  /** The gateway's id of the request; of an operator's action, the id of that action. */
  readonly request: string;
  /** The id of the credential of the request. */
  readonly credential?: string;
  /** The name that an operator gave the credential. */
  readonly label?: string;
  /** An operator made the change, not an identity provider. */
  readonly operator?: true;
  /** And that operator is the customer's administrator, in the portal. */
  readonly administrator?: true;
  /** What the operator did, such as `import`. */
  readonly action?: string;
  readonly method?: string;
  /** The change was an operation of a bulk request. */
  readonly bulk?: true;
  /** The address that sent the request. */
  readonly address?: string;
  /** The client's name for itself (`User-Agent`), shortened. */
  readonly agent?: string;
  /** The time from the request to the change, in milliseconds. */
  readonly milliseconds?: number;
  /** How the members of the group changed, if they did. */
  readonly members?: MembersNote;
}

/** The commands by which operators restore deleted resources, as notes have them. */
export const restoreActions = { User: 'user restore', Group: 'group restore' } as const;

/** Whether a resource was restored by the change of this note. */
export function isRestoration({ action }: Note): boolean {
  return Object.values(restoreActions).some((restore) => restore === action);
}

/** How a request changed the members of a group. */
export interface MembersNote {
  readonly added: number;
  readonly removed: number;
  /** How many were left out because they were deleted here. */
  readonly skipped?: number;
  /** A PUT without members removed all of them. */
  readonly cleared?: true;
  /** Which ones, if they are few. */
  readonly ids?: { readonly added: readonly string[]; readonly removed: readonly string[] };
}
