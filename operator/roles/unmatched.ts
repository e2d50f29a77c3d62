import { indexKey } from '../../lambda/directory/index-entries';
import { groupType } from '../../lambda/directory/resource-types';
import { inParallel } from '../../lambda/store/tables';
import type { Deployment } from '../connection/open';
import type { RoleMapping, RoleRule } from './mapping';

/**
 * The positions of the rules that name a group that does not exist now. It may come later, but a wrong spelling shows
 * here. Rules with a pattern are left out: one would have to read all groups.
 */
export async function unmatchedRules(
  { store }: Pick<Deployment, 'store'>,
  tenantId: string,
  { rules }: RoleMapping,
): Promise<readonly number[]> {
  const collection = { tenantId, type: groupType.name };
  const exists = async (rule: RoleRule): Promise<boolean> => {
    if ('pattern' in rule) return true;
    if ('id' in rule) return (await store.existing(collection, [rule.id])).size > 0;
    const [index, value] =
      'displayName' in rule ? (['displayName', rule.displayName] as const) : (['externalId', rule.externalId] as const);
    const key = indexKey({ caseExact: index === 'externalId' }, value);
    return (await store.find(collection, index, key, 1)).length > 0;
  };
  const found = await inParallel(rules, exists);
  return found.flatMap((isThere, position) => (isThere ? [] : [position]));
}
