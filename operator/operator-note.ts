import { randomUUID } from 'node:crypto';
import type { Note } from '../lambda/directory/note';

/**
 * The note of what an operator's command writes: one for all that it writes, so that its changes can be found together.
 * @param action the command, such as `import`
 * @param id the id of this run of it
 */
export function operatorNote(action: string, id: string = randomUUID()): Note {
  return { request: id, operator: true, action };
}

/** The note of what the customer's administrator does in the portal: done here as well, and not by the identity provider. */
export function administratorNote(action: string, id: string = randomUUID()): Note {
  return { ...operatorNote(action, id), administrator: true };
}
