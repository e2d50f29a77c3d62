import { actorOf } from '../../operator/activity/describe';
import { toSentence } from '../../operator/activity/sentence';
import type { ActivityLine } from '../../web/api/portal';
import type { ActivityRow } from '../activity/row';

/** A row of activity as the administrator reads it: without addresses, and without who the operator is. */
export function lineOf(row: ActivityRow): ActivityLine {
  const { time, kind, status, request } = row;
  return {
    time,
    kind: kind === 'bodies' ? 'read' : kind,
    sentence: toSentence(row),
    by: actorOf(row),
    ...(status !== undefined && { status }),
    ...(request !== undefined && { requestId: request }),
  };
}
