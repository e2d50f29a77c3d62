import type { SchemaDocument } from './definition';
import type { ResourceTypeName } from './profile';

/** A deployer's schema extension: one JSON file in `extensions/` (RFC 7643 §3.3). */
export interface Extension {
  readonly resourceType: ResourceTypeName;
  readonly schema: SchemaDocument;
}
