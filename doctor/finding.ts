import type { StepResult } from '../traffic/exchange';
import { cureOfNoAnswer } from './no-answer';
import type { PlannedCheck } from './plan';

/** What was wrong with a response, and what to do about it. */
export interface Finding {
  readonly found: readonly string[];
  readonly cure: string;
}

/** Names the one cause of a failed check where the response tells it, and otherwise what the check says. */
export function findingOf({ cure, cures = {} }: PlannedCheck, { sent, received, failures }: StepResult): Finding {
  if (failures.length === 0 || !sent) return { found: failures, cure };
  if (!received) return { found: failures, cure: cureOfNoAnswer(failures.join()) };
  const { status, headers, text } = received;
  const location = headers.get('location');
  if (status >= 300 && status < 400 && location !== undefined) {
    return {
      found: [`it redirects to ${location}, and identity providers do not follow that`],
      cure: 'Paste the address of the SCIM endpoint itself, with /scim/v2 at the end if it is ours.',
    };
  }
  const byStatus = cures[status] ?? cures[`${String(status)[0]}xx`] ?? cure;
  const isPage = /^\s*<(?:!doctype html|html)\b/i.test(text);
  if (isPage) return { found: ['this is a web page, not SCIM', ...failures.slice(0, 1)], cure: cures.page ?? byStatus };
  // If the status is wrong, only that is reported, because the body is then different too.
  const wrong = failures.filter((failure) => failure.startsWith('status: '));
  return { found: wrong.length > 0 ? wrong : failures, cure: byStatus };
}
