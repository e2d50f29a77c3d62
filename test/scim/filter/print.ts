import type { Filter, PatchPath } from '../../../lambda/scim/filter/ast';

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
      return `${filter.path} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'present':
      return `${filter.path} pr`;
    case 'valuePath':
      return `${filter.path}[${printFilter(filter.filter)}]`;
  }
}

/** The path of a PATCH operation as text (RFC 7644 §3.5.2). Parsing it gives the same path again. */
export function printPath({ path, filter, sub }: PatchPath): string {
  const element = filter === undefined ? '' : `[${printFilter(filter)}]`;
  return `${path}${element}${sub === undefined ? '' : `.${sub}`}`;
}
