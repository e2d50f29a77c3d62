import type { JsonObject } from '../json';

/**
 * A resource's attributes, normalised: canonical attribute names, no unassigned attribute, values of the schema's
 * types. Never holds `schemas`, `id`, `meta`, a group's `members` or a user's `groups`: those are added on the way out.
 */
export type Resource = JsonObject;
