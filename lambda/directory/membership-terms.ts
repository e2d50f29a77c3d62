import type { BoundFilter } from '../scim/filter/ast';
import type { Attribute } from '../scim/schema/attribute';

/** What a filter asks of memberships: whether certain ids are among them, or more than that. */
export interface MembershipTerms {
  /** The ids that the filter compares with. */
  readonly ids: ReadonlySet<string>;
  /** Whether it can only be evaluated on all of them. */
  readonly all: boolean;
  /** Whether it compares the names of groups. */
  readonly names: boolean;
}

/** Collects what a filter asks of the attribute that shows memberships. */
export function membershipTerms(filter: BoundFilter, attribute: 'members' | 'groups'): MembershipTerms {
  const ids = new Set<string>();
  const all = collect(filter, attribute, ids);
  return { ids, all, names: hasTerm(filter, `${attribute}.display`) };
}

function collect(filter: BoundFilter, attribute: string, ids: Set<string>): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.terms.map((term) => collect(term, attribute, ids)).includes(true);
    case 'not':
      return collect(filter.term, attribute, ids);
    case 'present':
      return filter.steps[0]?.name === attribute;
    case 'compare':
      return filter.steps[0]?.name === attribute && !namesId(filter, filter.steps[1]?.name, ids);
    case 'valuePath':
      return filter.steps[0]?.name === attribute && !namesIds(filter.filter, ids);
  }
}

/** Whether an element filter only selects ids. */
function namesIds(filter: BoundFilter, ids: Set<string>): boolean {
  if (filter.kind === 'or') return filter.terms.map((term) => namesIds(term, ids)).every(Boolean);
  return filter.kind === 'compare' && namesId(filter, filter.steps[0]?.name, ids);
}

function namesId(
  { operator, value }: Extract<BoundFilter, { kind: 'compare' }>,
  subAttribute: string | undefined,
  ids: Set<string>,
): boolean {
  if (subAttribute !== 'value' || operator !== 'eq' || typeof value !== 'string') return false;
  ids.add(value);
  return true;
}

/** Whether a filter has a term on a path, such as `groups.display`. */
function hasTerm(filter: BoundFilter, path: string): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.terms.some((term) => hasTerm(term, path));
    case 'not':
      return hasTerm(filter.term, path);
    case 'valuePath': {
      const prefix = `${pathOf(filter.steps)}.`;
      return path.startsWith(prefix) && hasTerm(filter.filter, path.slice(prefix.length));
    }
    default:
      return pathOf(filter.steps) === path;
  }
}

function pathOf(steps: readonly Attribute[]): string {
  return steps.map(({ name }) => name).join('.');
}
