import { tooLarge } from '../message/error';
import { maxMemberChanges } from '../message/limits';

/** @throws ScimError 413 for more membership changes than one request may make */
export function checkMemberChanges(count: number, label = 'The request'): void {
  if (count > maxMemberChanges) {
    throw tooLarge(
      `${label} changes ${count} memberships; at most ${maxMemberChanges} are allowed. Send them in several requests.`,
    );
  }
}
