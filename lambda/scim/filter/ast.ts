import type { Attribute } from '../schema/attribute';

/** `compareOp` of RFC 7644 §3.4.2.2. */
export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** `compValue` of RFC 7644 §3.4.2.2. */
export type CompareValue = string | number | boolean | null;

/**
 * A filter as parsed (RFC 7644 §3.4.2.2). Paths are what the client wrote; a schema resolves them. `and` and `or` hold two or more
 * terms, none of their own kind.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly kind: 'not'; readonly term: Filter }
  | {
      readonly kind: 'compare';
      readonly path: string;
      readonly operator: CompareOperator;
      readonly value: CompareValue;
    }
  | { readonly kind: 'present'; readonly path: string }
  | { readonly kind: 'valuePath'; readonly path: string; readonly filter: Filter };

/** A PATCH path: `PATH = attrPath / valuePath [subAttr]` (RFC 7644 §3.5.2). */
export interface PatchPath {
  readonly path: string;
  readonly filter?: Filter;
  readonly sub?: string;
}

/** How values are compared: exactly, ignoring case, or as points in time. */
export type ComparisonForm = 'exact' | 'folded' | 'instant';

/** A value made comparable: two values are equal when their keys are, and keys of one type have an order. */
export type ComparisonKey = string | number | boolean;

/**
 * A filter checked against a schema: every path is the attributes it leads through, every value fits its attribute and
 * is prepared once (`key`). A comparison with `null` has become presence or its negation.
 */
export type BoundFilter =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly BoundFilter[] }
  | { readonly kind: 'not'; readonly term: BoundFilter }
  | {
      readonly kind: 'compare';
      readonly steps: readonly Attribute[];
      readonly operator: CompareOperator;
      readonly value: string | number | boolean;
      readonly form: ComparisonForm;
      readonly key: ComparisonKey;
    }
  | { readonly kind: 'present'; readonly steps: readonly Attribute[] }
  | { readonly kind: 'valuePath'; readonly steps: readonly Attribute[]; readonly filter: BoundFilter };
