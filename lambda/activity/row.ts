import type { ResourceTypeName } from '../scim/schema/profile';
import type { RemedyId } from './remedy';
import type { TemplateId } from './templates';

/** What a row is about: a stored change, a failed request, a first successful read, an operator's command, or bodies. */
export type RowKind = 'change' | 'failure' | 'read' | 'action' | 'bodies';

/** Who did it. */
export interface Actor {
  /** The id of the credential, and the name that an operator gave it. */
  readonly credential?: string;
  readonly label?: string;
  /** An operator, and the command. */
  readonly operator?: true;
  readonly action?: string;
  /** The customer's administrator, in the portal. */
  readonly administrator?: true;
  /** The AWS identity that ran the command: for operators only. */
  readonly identity?: string;
}

/** Every personal value of a row. To erase a person, remove the whole attribute: the rest says that something happened. */
export interface Personal {
  /** The `userName` or `displayName` of the resource at that time, or as it was sent. */
  readonly name?: string;
  /** Its name before it was renamed. */
  readonly before?: string;
  /** The name of the group that a member came to or left. */
  readonly group?: string;
  /** The error's detail, which can repeat what was sent. */
  readonly detail?: string;
  /** The bodies of the request and the response, as JSON, redacted; only while an operator records them. */
  readonly sent?: string;
  readonly answered?: string;
}

/** One row of the activity of a tenant. */
export interface ActivityRow {
  readonly tenantId: string;
  /** An id of our own; the same when the same change is recorded again. */
  readonly rowId: string;
  /** When it happened: ISO 8601 in UTC, with milliseconds. */
  readonly time: string;
  readonly kind: RowKind;
  /** The sentence, without its values. */
  readonly template: TemplateId;
  /** The gateway's id of the request, which stands at the end of an error's detail; the id of an operator's action. */
  readonly request?: string;
  readonly actor: Actor;
  readonly address?: string;
  readonly agent?: string;
  readonly method?: string;
  /** The pattern of the path, such as `/Users/{id}`. */
  readonly path?: string;
  /** The row is one operation of a bulk request. */
  readonly bulk?: true;
  readonly resource?: { readonly type: ResourceTypeName; readonly id?: string };
  /** The keyed hash of the name of a resource without an id, by which the row is found. */
  readonly nameHash?: string;
  /** The numbers of the sentence, such as `added`. */
  readonly counts?: Readonly<Record<string, number>>;
  /** The other values of the sentence of an operator's action: not personal, such as the id of a credential. */
  readonly values?: Readonly<Record<string, string>>;
  /** The paths of the attributes changed. */
  readonly changed?: readonly string[];
  readonly status?: number;
  readonly scimType?: string;
  /** What to do about it. */
  readonly remedy?: RemedyId;
  readonly milliseconds?: number;
  /** Absent after erasure. */
  readonly personal?: Personal;
  /** A row of a member of a group: it is found by the member only, so that the tenant's list has the change once. */
  readonly ofMember?: true;
  /** When DynamoDB may delete it, in seconds since the epoch. It does so days later: readers hide it from then on. */
  readonly expires: number;
}
