import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '../../../lambda/scim/json';
import type { Resource } from '../../../lambda/scim/resource/resource';
import type { ProfileName, ResourceTypeName } from '../../../lambda/scim/schema/profile';
import { type ResourceView, resourceView } from '../../../lambda/scim/schema/view';

/** One PATCH request; a new one is a new entry in a `.cases.json` file. */
export interface PatchCase {
  readonly section: string;
  readonly name: string;
  /** Name of the resource in `resources.json` that the request is sent to. */
  readonly on: string;
  /** @default the resource's profile, `identity-center` unless it says otherwise */
  readonly profile?: ProfileName;
  /** The operations of a well-formed message, or the whole `body`. */
  readonly operations?: Json;
  readonly body?: Json;
  /** The attributes that differ afterwards; null for one that was removed. `{}`: nothing has changed. */
  readonly changes?: JsonObject;
  readonly members?: {
    readonly replaces?: boolean;
    readonly added?: readonly Json[];
    readonly removed?: readonly string[];
  };
  /** The members that the group has. */
  readonly present?: readonly { readonly value: string; readonly type?: ResourceTypeName }[];
  readonly error?: { readonly status: number; readonly scimType?: string; readonly detail: readonly string[] };
  /** Why sending the request a second time has another result. */
  readonly notIdempotent?: string;
}

interface Known {
  readonly type: ResourceTypeName;
  readonly profile?: ProfileName;
  readonly resource: Resource;
}

const resources: Readonly<Record<string, Known>> = read('resources.json');

/** Every case file, by its name. */
export const caseFiles: readonly (readonly [string, readonly PatchCase[]])[] = readdirSync(__dirname)
  .filter((file) => file.endsWith('.cases.json'))
  .map((file) => [file, read(file)]);

export function bodyOf({ operations, body }: PatchCase): Json {
  return body ?? { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations ?? [] };
}

/** The resource that a case is about, deeply frozen: changing it throws. */
export function resourceOf({ on, profile }: PatchCase): { readonly view: ResourceView; readonly resource: Resource } {
  const known = resources[on];
  if (known === undefined) throw new Error(`resources.json has no "${on}"`);
  const view = resourceView(profile ?? known.profile ?? 'identity-center', known.type);
  return { view, resource: frozen(known.resource) };
}

/** The expected resource after the request. */
export function expectedResource(resource: Resource, changes: JsonObject): Resource {
  return Object.fromEntries(Object.entries({ ...resource, ...changes }).filter(([, value]) => value !== null));
}

export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

function read(file: string) {
  return JSON.parse(readFileSync(join(__dirname, file), 'utf8'));
}
