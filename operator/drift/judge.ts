import type { ProfileName, ResourceTypeName } from '../../lambda/scim/schema/profile';
import { resourceView } from '../../lambda/scim/schema/view';
import { OperatorError } from '../error';
import type { Sorted } from '../text/sorter';
import type { ComparedPath } from './compared-path';
import { type AttributeDifference, allDifferences, differencesAt } from './differences';
import type { Finding, FindingKind } from './finding';
import {
  complete,
  type DeletionRecord,
  type DriftRecord,
  type MembershipRecord,
  nestedGroupKey,
  type ResourceRecord,
  typeOfKey,
} from './record';

/** What the sources hold together, which decides what a missing line means. */
export interface Scope {
  readonly profile: ProfileName;
  /** Whether any source lists users. */
  readonly users: boolean;
  /** Whether the sources list all resources, disabled users and all groups included. */
  readonly isComplete: boolean;
  readonly paths: readonly (readonly ComparedPath[])[];
  /** Names of attributes that are not compared. */
  readonly ignored: ReadonlySet<string>;
}

/** A resource of the tenant. */
type Named = Pick<ResourceRecord, 'id' | 'name'>;

/** What one key has on both sides. */
interface Pair {
  readonly type: ResourceTypeName;
  readonly expected: readonly ResourceRecord[];
  readonly actual: ResourceRecord | undefined;
  readonly memberships: readonly MembershipRecord[];
  /** The last time that one of this name was deleted. */
  readonly deletion: DeletionRecord | undefined;
}

/** Compares both sides, key after key; groups must come before users. */
export class Judge {
  /** The groups that are on both sides, by their keys. */
  private readonly groups = new Map<string, Named>();
  readonly count = {
    users: { expected: 0, here: 0 },
    groups: { expected: 0, here: 0 },
    memberships: { expected: 0, here: 0 },
  };
  disabledHere = 0;
  groupsNotCompared = 0;
  membersNotCompared = 0;

  constructor(private readonly scope: Scope) {}

  /** The differences of the records of one key. @throws OperatorError if the sources, or two users here, contradict each other */
  judge(records: readonly Sorted<DriftRecord>[]): readonly Finding[] {
    const key = records[0]?.key ?? '';
    const pair = this.pairOf(key, records);
    const { type, expected, actual } = pair;
    const nested = nestedGroupKey(key);
    if (nested !== undefined) {
      const group = this.groups.get(nested);
      return group ? this.membershipsOf(pair, group) : [];
    }
    const kind = type === 'User' ? 'users' : 'groups';
    if (expected.length > 0) this.count[kind].expected++;
    if (actual) this.count[kind].here++;
    const [first] = expected;
    if (first && actual) {
      if (type === 'Group') this.groups.set(key, { id: actual.id, name: actual.name });
      return [...this.inBoth(pair, first, actual), ...this.membershipsOf(pair, actual)];
    }
    if (first) return this.missing(pair, first);
    if (actual) return this.notExpected(pair, actual);
    return this.ofNobody(pair);
  }

  private pairOf(key: string, records: readonly Sorted<DriftRecord>[]): Pair {
    const type = typeOfKey(key);
    const resources: ResourceRecord[] = [];
    const memberships: MembershipRecord[] = [];
    let deletion: DeletionRecord | undefined;
    for (const { value } of records) {
      if ('resource' in value) resources.push(value);
      else if ('group' in value) memberships.push(value);
      else if (deletion === undefined || value.deleted > deletion.deleted) deletion = value;
    }
    const expected = resources.filter(({ side }) => side === 'expected');
    const [actual, second] = resources.filter(({ side }) => side === 'actual');
    if (actual && second) {
      throw new OperatorError(
        `The users "${actual.name}" and "${second.name}" of the tenant have the same externalId: match users by userName.`,
      );
    }
    this.checkConflicts(expected);
    return { type, expected, actual, memberships, deletion };
  }

  /** Two lines about the same user are fine if they agree: exports of two groups overlap. */
  private checkConflicts(expected: readonly ResourceRecord[]): void {
    const [first, ...others] = expected;
    if (!first) return;
    for (const other of others) {
      const shared = this.pathsOf(other).filter(({ path }) => this.pathsOf(first).some((each) => each.path === path));
      const isSame = first.paths >= 0 && other.paths >= 0 && first.standing === other.standing;
      const [difference] = isSame ? differencesAt(shared, first.resource, other.resource) : [{ attribute: 'status' }];
      if (difference) {
        throw new OperatorError(
          `${other.at} and ${first.at} are about the same name, "${first.name}", and differ (${difference.attribute}): delete one of them.`,
        );
      }
    }
  }

  private pathsOf({ paths }: ResourceRecord): readonly ComparedPath[] {
    return this.scope.paths[paths] ?? [];
  }

  private inBoth({ type, expected }: Pair, first: ResourceRecord, actual: ResourceRecord): readonly Finding[] {
    const common = { type, name: actual.name, id: actual.id, at: first.at, ...local(actual) };
    const found: Finding[] = [];
    const differs = type === 'User' && first.standing !== 'either' && first.standing !== actual.standing;
    if (differs && !this.scope.ignored.has('active')) found.push({ kind: actual.standing as FindingKind, ...common });
    const differences = new Map<string, AttributeDifference>();
    for (const record of expected) {
      for (const difference of this.differences(type, record, actual))
        differences.set(difference.attribute, difference);
    }
    for (const difference of differences.values()) {
      if (this.isIgnored(difference.attribute)) continue;
      found.push({ kind: 'attribute', ...common, ...difference });
    }
    return found;
  }

  private differences(type: ResourceTypeName, expected: ResourceRecord, actual: ResourceRecord) {
    const { paths, resource } = expected;
    if (paths >= 0) return differencesAt(this.pathsOf(expected), resource, actual.resource);
    const view = resourceView(this.scope.profile, type);
    return allDifferences(view, resource, actual.resource, paths === complete.ours);
  }

  /** `name` covers `name.givenName`; `emails` covers `emails[primary eq true].value`. */
  private isIgnored(attribute: string): boolean {
    const lower = attribute.toLowerCase();
    return [...this.scope.ignored].some(
      (name) => lower === name || (/^[.:[]/.test(lower.slice(name.length)) && lower.startsWith(name)),
    );
  }

  private missing({ type, deletion }: Pair, { name, at, id, standing, paths }: ResourceRecord): readonly Finding[] {
    // An identity provider creates no disabled users.
    if (standing !== 'enabled' && paths >= 0) return [];
    return [
      {
        kind: 'missing',
        type,
        name,
        at,
        ...(id === '' ? {} : { expectedId: id }),
        ...(deletion ? { deletedHere: deletion.deleted } : {}),
        ...(deletion?.action ? { action: deletion.action } : {}),
      },
    ];
  }

  private notExpected(pair: Pair, actual: ResourceRecord): readonly Finding[] {
    const { type } = pair;
    const { name, id } = actual;
    const { isComplete, users } = this.scope;
    if (type === 'User' && !users) return this.membershipsOf(pair, actual);
    if (type === 'Group' && !isComplete) {
      this.groupsNotCompared++;
      return [];
    }
    if (type === 'User' && !isComplete && actual.standing === 'disabled') {
      this.disabledHere++;
      return [];
    }
    return [{ kind: 'extra', type, name, id, ...local(actual) }];
  }

  /** Members that are on neither side: if the sources list users, these are not meant to be here. */
  private ofNobody({ type, memberships }: Pair): readonly Finding[] {
    if (this.scope.users) {
      this.membersNotCompared += memberships.length;
      return [];
    }
    return this.counted(memberships).map(({ group, name, at }) => ({
      kind: 'member missing',
      type,
      name,
      at,
      group: this.groups.get(group)?.name ?? '',
    }));
  }

  private membershipsOf({ type, memberships }: Pair, actual: Named): readonly Finding[] {
    const counted = this.counted(memberships);
    const of = (side: MembershipRecord['side']) =>
      new Map(counted.filter((each) => each.side === side).map((each) => [each.group, each]));
    const [expected, present] = [of('expected'), of('actual')];
    const common = { type, name: actual.name, id: actual.id };
    const found: Finding[] = [];
    for (const [group, { at }] of expected) {
      if (!present.has(group))
        found.push({ kind: 'member missing', ...common, at, group: this.groups.get(group)?.name ?? '' });
    }
    for (const group of present.keys()) {
      if (!expected.has(group))
        found.push({ kind: 'member extra', ...common, group: this.groups.get(group)?.name ?? '' });
    }
    return found;
  }

  /** The memberships in groups that are on both sides, each once; the others are told by the group. */
  private counted(memberships: readonly MembershipRecord[]): readonly MembershipRecord[] {
    const seen = new Set<string>();
    return memberships.filter(({ side, group }) => {
      const name = `${side} ${group}`;
      if (!this.groups.has(group) || seen.has(name)) return false;
      seen.add(name);
      this.count.memberships[side === 'expected' ? 'expected' : 'here']++;
      return true;
    });
  }
}

function local({ changedHere, action }: ResourceRecord): Pick<Finding, 'changedHere' | 'action'> {
  return { ...(changedHere === '' ? {} : { changedHere }), ...(action === '' ? {} : { action }) };
}
