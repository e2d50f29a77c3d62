import { groupType, userType } from '../../lambda/directory/resource-types';
import type { StoredResource } from '../../lambda/directory/store';
import type { JsonObject } from '../../lambda/scim/json';
import { ScimError } from '../../lambda/scim/message/error';
import { normaliseResource } from '../../lambda/scim/resource/normalise';
import type { ResourceTypeName } from '../../lambda/scim/schema/profile';
import { resourceView } from '../../lambda/scim/schema/view';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { resourcesOfType } from '../directory/resources';
import { OperatorError } from '../error';
import { listBodies } from '../store/tombstone-bodies';
import { Sorter } from '../text/sorter';
import { unknownExtensions } from '../transfer/import-resource';
import { ByIds } from './by-ids';
import type { ComparedPath } from './compared-path';
import { complete, type DriftRecord, matchedBy, membershipsKey, nameOf, ranks, resourceKey } from './record';
import type { ExpectedItem, ExpectedResource, MatchAttribute, Source, SourceContext } from './source';

/** Both sides of a comparison, sorted by the keys of users and groups. */
export class Collection {
  readonly records = new Sorter<DriftRecord>();
  /** Which values are compared, by the number in a record. */
  readonly paths: (readonly ComparedPath[])[] = [];
  otherMembers = 0;

  constructor(
    private readonly match: MatchAttribute,
    private readonly onRecord: () => void,
  ) {}

  /** Reads what a source expects. @throws OperatorError if it cannot be read, or a value can never be stored */
  async addExpected(source: Source, context: SourceContext): Promise<void> {
    const byIds = new ByIds();
    try {
      for await (const item of source.items(context)) await this.addItem(source, context, item, byIds);
      await this.addMemberships('expected', byIds);
    } finally {
      await byIds.close();
    }
  }

  /** Reads what a tenant holds; its memberships only if they are compared. */
  async addActual(deployment: Deployment, tenant: Tenant, withMemberships: boolean): Promise<void> {
    const byIds = new ByIds();
    try {
      for await (const stored of resourcesOfType(deployment, tenant, userType)) {
        await this.addStored('User', stored, byIds);
      }
      for await (const stored of resourcesOfType(deployment, tenant, groupType)) {
        await this.addStored('Group', stored, byIds);
        if (!withMemberships) continue;
        const members = await deployment.store.members(tenant.tenantId, [stored.id]);
        for (const { value, type } of members.get(stored.id) ?? []) {
          await byIds.addMembership(stored.id, type ?? 'User', value, '');
          this.onRecord();
        }
      }
      await this.addMemberships('actual', byIds);
    } finally {
      await byIds.close();
    }
  }

  /** Reads what was deleted here, as long as that is kept. */
  async addDeletions({ tables, services }: Deployment, { tenantId }: Tenant): Promise<void> {
    for await (const { type, deleted, by, kept } of listBodies(tables, tenantId, services.clock())) {
      this.onRecord();
      const value = kept?.stored.resource[matchedBy(type, this.match)];
      if (typeof value !== 'string') continue;
      const record = { deleted, action: (by.operator && by.action) ?? '' };
      await this.records.add({ key: resourceKey(type, value, this.match), rank: ranks.deletion, value: record });
    }
  }

  close(): Promise<void> {
    return this.records.close();
  }

  private async addItem(source: Source, context: SourceContext, item: ExpectedItem, byIds: ByIds): Promise<void> {
    this.onRecord();
    if ('otherMember' in item) {
      this.otherMembers++;
      return;
    }
    if ('resource' in item) {
      await this.addResource(source, context, item.resource, byIds);
      return;
    }
    const { at, group, member } = item.membership;
    if ('id' in group && 'id' in member) await byIds.addMembership(group.id, member.type, member.id, at);
    else if ('name' in group && 'name' in member) {
      const key = resourceKey('User', member.name, this.match);
      const value = {
        side: 'expected' as const,
        group: resourceKey('Group', group.name, this.match),
        name: member.name,
        at,
      };
      await this.records.add({ key, rank: ranks.membership, value });
    }
  }

  private async addResource(
    source: Source,
    { profile }: SourceContext,
    expected: ExpectedResource,
    byIds: ByIds,
  ): Promise<void> {
    const { type, id = '', at, body, paths, standing } = expected;
    const view = resourceView(profile, type);
    const known = normalised(at, () => normaliseResource(view, body));
    const isOurs = source.holds === 'everything';
    const resource = isOurs ? { ...unknownExtensions(view, body), ...known } : known;
    const whole = isOurs ? complete.ours : complete.others;
    const key = this.keyOf(type, resource, `expected ${id}`);
    const name = nameOf(type, resource);
    if (id !== '') await byIds.addResource(type, id, key, name);
    const value = {
      side: 'expected' as const,
      name: name === '-' ? String(resource[matchedBy(type, this.match)]) : name,
      resource,
      standing,
      at,
      id: isOurs ? id : '',
      paths: paths ? this.numberOf(paths) : whole,
      changedHere: '',
      action: '',
    };
    await this.records.add({ key, rank: ranks.resource, value });
  }

  private async addStored(type: ResourceTypeName, stored: StoredResource, byIds: ByIds): Promise<void> {
    this.onRecord();
    const { id, resource, modified, by } = stored;
    const key = this.keyOf(type, resource, `actual ${id}`);
    const name = nameOf(type, resource);
    await byIds.addResource(type, id, key, name);
    const value = {
      side: 'actual' as const,
      name,
      resource,
      standing: resource.active === false ? ('disabled' as const) : ('enabled' as const),
      at: '',
      id,
      paths: complete.ours,
      changedHere: by?.operator ? modified : '',
      action: (by?.operator && by.action) ?? '',
    };
    await this.records.add({ key, rank: ranks.resource, value });
  }

  private async addMemberships(side: 'expected' | 'actual', byIds: ByIds): Promise<void> {
    for await (const { member, memberName, group, at } of byIds.memberships()) {
      const value = { side, group, name: memberName, at };
      await this.records.add({ key: membershipsKey(member), rank: ranks.membership, value });
    }
  }

  /** A resource without the attribute that matches has a key of its own, which no other one has. */
  private keyOf(type: ResourceTypeName, resource: JsonObject, otherwise: string): string {
    const value = resource[matchedBy(type, this.match)];
    return typeof value === 'string'
      ? resourceKey(type, value, this.match)
      : resourceKey(type, `\0${otherwise}`, this.match);
  }

  private numberOf(paths: readonly ComparedPath[]): number {
    const known = this.paths.indexOf(paths);
    return known < 0 ? this.paths.push(paths) - 1 : known;
  }
}

function normalised<Value>(at: string, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    throw error instanceof ScimError ? new OperatorError(`${at}: ${error.detail}`, { cause: error }) : error;
  }
}
