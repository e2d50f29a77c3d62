/** A call that is refused: what was wrong, and what to do, in the words of the customer's administrator. */
export class PortalError extends Error {
  constructor(
    readonly status: number,
    /** For the page, which chooses what to offer by it. */
    readonly code: string,
    message: string,
    readonly remedy?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A call that no page of ours sends. */
export const malformed = (message: string) =>
  new PortalError(400, 'invalid', message, 'Load the page again, then try again.');

/** A value that a person typed. */
export const invalid = (message: string) => new PortalError(400, 'invalid', message);

/** There is no session, or it has ended. */
export const noSession = (message: string) =>
  new PortalError(401, 'no-session', message, 'Ask the operator for a new invitation.');

/** Something that this session may not do. */
export const notAllowed = () =>
  new PortalError(
    403,
    'not-allowed',
    'This invitation is for setting up the connection only, not for people.',
    'Ask the operator for an invitation to manage people.',
  );
