import type { Filter, PatchPath } from '../../../lambda/scim/filter/ast';
import { printAttributePath } from '../../../lambda/scim/filter/attribute-path';

/**
 * A filter as text (RFC 7644 §3.4.2.2), in one way for each tree: operators in lower case, one space between parts,
 * parentheses only where precedence needs them. Parsing it gives the same tree again.
 */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'or':
      return filter.terms.map(printFilter).join(' or ');
    case 'and':
      return filter.terms
        .map((term) => (term.kind === 'or' ? `(${printFilter(term)})` : printFilter(term)))
        .join(' and ');
    case 'not':
      return `not (${printFilter(filter.term)})`;
    case 'compare':
      return `${printAttributePath(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'present':
      return `${printAttributePath(filter.path)} pr`;
    case 'valuePath':
      return `${printAttributePath(filter.path)}[${printFilter(filter.filter)}]`;
  }
}

/** The path of a PATCH operation as text (RFC 7644 §3.5.2). Parsing it gives the same path again. */
export function printPath({ path, filter, sub }: PatchPath): string {
  const element = filter === undefined ? '' : `[${printFilter(filter)}]`;
  return `${printAttributePath(path)}${element}${sub === undefined ? '' : `.${sub}`}`;
}
