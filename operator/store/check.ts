import { chunks, inParallel, type Tables } from '../../lambda/store/tables';
import { judgeCount } from './check/counts';
import type { Difference } from './check/difference';
import { judgeLeftover, judgeMissing } from './check/entries';
import { judgeMark } from './check/marks';
import { judgeMembership } from './check/memberships';
import { judgeRemains } from './check/remains';
import { type Subject, survey } from './check/survey';
import { judgeTombstone } from './check/tombstones';
import { judgeUnreadable } from './check/unreadable';

/** How many suspects are examined at the same time. */
const judgedTogether = 25;

/**
 * Verifies that claims, entries, counts, marks and memberships match the resources, and that no mark or tombstone is
 * overdue, while the endpoint serves requests. A pass over both tables finds suspects. Each suspect is then read again,
 * strongly consistent, so that a change in the meantime is not reported. Repair each difference before you get the
 * next: a later one may depend on it.
 */
export async function* check(
  tables: Tables,
  subject: Subject,
  onPage: (examined: number) => void,
): AsyncIterable<Difference> {
  const { entriesOf, now } = subject;
  const suspects = await survey(tables, subject, onPage);
  yield* judge(suspects.remains, (remains) => judgeRemains(tables, remains));
  yield* judge(suspects.unreadable, (key) => judgeUnreadable(tables, key));
  yield* judge(suspects.leftover, (entry) => judgeLeftover(tables, entriesOf, entry));
  yield* judge(suspects.missing, (entry) => judgeMissing(tables, entriesOf, entry));
  yield* judge(suspects.counts, (row) => judgeCount(tables, row));
  yield* judge(suspects.marks, (mark) => judgeMark(tables, now, mark));
  yield* judge(suspects.tombstones, (key) => judgeTombstone(tables, now, key));
  yield* judge(suspects.memberships, (key) => judgeMembership(tables, key));
}

async function* judge<Suspect>(
  suspects: readonly Suspect[],
  look: (suspect: Suspect) => Promise<Difference | undefined>,
): AsyncIterable<Difference> {
  for (const some of chunks(suspects, judgedTogether)) {
    for (const difference of await inParallel(some, look)) if (difference) yield difference;
  }
}
