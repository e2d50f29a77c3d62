import { fold } from '../../lambda/scim/text/fold';
import type { GroupSelector, RoleGroup, RoleMapping, SelectorName } from './mapping';
import { patternMatcher } from './pattern';

/** A rule that matched, and the groups because of which it did. */
export interface RuleMatch<Group extends RoleGroup = RoleGroup> {
  /** The position of the rule in the mapping, from 0. */
  readonly rule: number;
  readonly roles: readonly string[];
  readonly groups: readonly Group[];
}

/** The roles of a user, and why. */
export interface RoleEvaluation<Group extends RoleGroup = RoleGroup> {
  /** Each role once: in the order of the rules, or the default. */
  readonly roles: readonly string[];
  /** The rules that counted; none for the default. */
  readonly matches: readonly RuleMatch<Group>[];
}

/** A group with its name as it is compared. */
interface FoldedGroup<Group> {
  readonly group: Group;
  readonly name: string | undefined;
}

/**
 * Finds the roles of an active user by a mapping. It is pure: whether the user is active, and what its groups are, is
 * up to the caller.
 * @param groups the groups of the user, those that contain groups of the user included
 */
export function evaluateRoles<Group extends RoleGroup>(
  { match, rules, default: defaultRoles }: RoleMapping,
  groups: readonly Group[],
): RoleEvaluation<Group> {
  const folded = groups.map((group) => ({
    group,
    name: group.displayName === undefined ? undefined : fold(group.displayName),
  }));
  const matches: RuleMatch<Group>[] = [];
  for (const [rule, { roles, ...selector }] of rules.entries()) {
    const matched = folded.filter(matcherOf(selector)).map(({ group }) => group);
    if (matched.length > 0) matches.push({ rule, roles, groups: matched });
    if (match === 'first' && matches.length > 0) break;
  }
  const roles = matches.length > 0 ? matches.flatMap((each) => each.roles) : defaultRoles;
  return { roles: [...new Set(roles)], matches };
}

/** What each selector makes of a value: whether a group is one that the rule is about. */
const matchers: Readonly<Record<SelectorName, (value: string) => (group: FoldedGroup<RoleGroup>) => boolean>> = {
  displayName: (value) => {
    const wanted = fold(value);
    return ({ name }) => name === wanted;
  },
  pattern: (value) => {
    const matches = patternMatcher(value);
    return ({ name }) => name !== undefined && matches(name);
  },
  externalId:
    (value) =>
    ({ group }) =>
      group.externalId === value,
  id:
    (value) =>
    ({ group }) =>
      group.id === value,
};

function matcherOf(selector: GroupSelector) {
  const [[name, value]] = Object.entries(selector) as [[SelectorName, string]];
  return matchers[name](value);
}
