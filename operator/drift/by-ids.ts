import type { ResourceTypeName } from '../../lambda/scim/schema/profile';
import { Sorter } from '../text/sorter';

interface KeyedGroup {
  readonly key: string;
}

type Entry = { readonly key: string; readonly name: string } | { readonly group: string; readonly at: string };

/** A membership with the keys of both. */
export interface KeyedMembership {
  readonly member: string;
  readonly memberName: string;
  readonly group: string;
  readonly at: string;
}

/** Finds the keys for memberships that name their group and their member by ids. Holds only the groups in memory. */
export class ByIds {
  private readonly sorter = new Sorter<Entry>();
  private readonly groups = new Map<string, KeyedGroup>();

  async addResource(type: ResourceTypeName, id: string, key: string, name: string): Promise<void> {
    if (type === 'Group') this.groups.set(id, { key });
    await this.sorter.add({ key: type + id, rank: 0, value: { key, name } });
  }

  addMembership(group: string, type: ResourceTypeName, id: string, at: string): Promise<void> {
    return this.sorter.add({ key: type + id, rank: 1, value: { group, at } });
  }

  /** All memberships whose group and member were added. */
  async *memberships(): AsyncIterable<KeyedMembership> {
    let member: { readonly id: string; readonly key: string; readonly name: string } | undefined;
    for await (const { key: id, value } of this.sorter.sorted()) {
      if ('key' in value) member = { id, ...value };
      else {
        const group = this.groups.get(value.group);
        if (!group || member?.id !== id) continue;
        yield { member: member.key, memberName: member.name, group: group.key, at: value.at };
      }
    }
  }

  close(): Promise<void> {
    return this.sorter.close();
  }
}
