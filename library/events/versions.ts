import type { EventMember } from './generated/details';

/**
 * The versions that an application has applied, by key. It keeps them: a `Map` does where nothing outlives the process,
 * otherwise it is an item or a column beside what the application stores.
 */
export interface Versions {
  /** The version that was applied last; undefined if none was. */
  get(key: string): Promise<string | undefined> | string | undefined;
  /** Keeps the version that has been applied. */
  set(key: string, version: string): unknown;
}

/** One version that an event brings. */
export interface Brought {
  /** What it is a version of: `<tenant>/User/<id>`, `<tenant>/Group/<id>` or `<tenant>/Member/<group>/<member>`. */
  readonly key: string;
  /** 40 digits, so that versions compare as text. */
  readonly version: string;
  /** The member, for an event about several. */
  readonly member?: EventMember;
}

const digits = 40;

/** The parts of details from which versions are read; an event has those of a resource, those of members, or neither. */
export interface VersionedDetail {
  readonly tenantId: string;
  readonly resourceType?: 'User' | 'Group';
  readonly resource?: { readonly id: string };
  readonly version?: number;
  readonly group?: { readonly id: string };
  readonly members?: readonly EventMember[];
}

/** The versions that an event brings: one for a user or group, one for each member; none for events of other things. */
export function versionsIn(detail: VersionedDetail): readonly Brought[] {
  const { tenantId, resourceType, resource, version, group, members } = detail;
  if (group && members) {
    const last = new Map<string, EventMember>();
    for (const member of members) {
      const { sequence = '' } = last.get(member.id) ?? {};
      if (member.sequence > sequence) last.set(member.id, member);
    }
    return [...last.values()].map((member) => ({
      key: `${tenantId}/Member/${group.id}/${member.id}`,
      version: member.sequence,
      member,
    }));
  }
  if (!resource || version === undefined) return [];
  return [{ key: `${tenantId}/${resourceType}/${resource.id}`, version: String(version).padStart(digits, '0') }];
}
