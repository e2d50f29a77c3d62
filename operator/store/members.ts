import type { StoredMember } from '../../lambda/directory/store';
import { toStoredMember } from '../../lambda/store/items';
import { ofGroup } from '../../lambda/store/memberships';
import type { Tables } from '../../lambda/store/tables';
import { readPages } from './partition';

/** The most members in a page. */
const pageSize = 1_000;

/**
 * The members of a group in id order, a page at a time: there can be a million. Strongly consistent. Those that a mark
 * hides are among them.
 */
export async function* listMembers(
  tables: Tables,
  tenantId: string,
  groupId: string,
): AsyncGenerator<readonly StoredMember[]> {
  const query = { ...ofGroup(tables, tenantId, groupId), Limit: pageSize };
  for await (const items of readPages(tables, query)) yield items.map(toStoredMember);
}
