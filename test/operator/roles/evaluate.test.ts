import { evaluateRoles } from '../../../operator/roles/evaluate';
import type { RoleGroup, RoleMapping } from '../../../operator/roles/mapping';
import cases from './evaluate.cases.json';

interface Case {
  readonly name: string;
  readonly mapping: RoleMapping;
  readonly groups: readonly RoleGroup[];
  readonly roles: readonly string[];
  /** The rules that counted, each with the ids of the groups that it matched. */
  readonly because: readonly (readonly [number, ...string[]])[];
}

test.each(cases as unknown as readonly Case[])('$name', ({ mapping, groups, roles, because }) => {
  const evaluated = evaluateRoles(mapping, groups);
  expect(evaluated.roles).toEqual(roles);
  expect(evaluated.matches.map(({ rule, groups: matched }) => [rule, ...matched.map(({ id }) => id)])).toEqual(because);
});
