import type { MembersNote, Note } from './note';
import type { ScimRequest, Services } from './request';

/** The most members that a note names. */
const mostNamed = 10;

/** The note of a request, at the time of its change. */
export function noteOf({ now }: Pick<Services, 'now'>, request: ScimRequest, members?: MembersNote): Note {
  const { requestId, caller, method, bulk, origin = {} } = request;
  const { received, ...from } = origin;
  return {
    request: requestId,
    credential: caller.credentialId,
    ...(caller.credentialLabel !== undefined && { label: caller.credentialLabel }),
    method,
    ...(bulk && { bulk }),
    ...from,
    ...(received !== undefined && { milliseconds: Math.max(0, now().getTime() - received) }),
    ...(members && { members }),
  };
}

/** How members change; nothing if none does. */
export function membersNote(
  added: readonly string[],
  removed: readonly string[],
  more: Pick<MembersNote, 'skipped' | 'cleared'> = {},
): MembersNote | undefined {
  const count = added.length + removed.length;
  if (count === 0) return undefined;
  const { skipped = 0, cleared } = more;
  return {
    added: added.length,
    removed: removed.length,
    ...(skipped > 0 && { skipped }),
    ...(cleared && added.length === 0 && { cleared }),
    ...(count <= mostNamed && { ids: { added, removed } }),
  };
}
