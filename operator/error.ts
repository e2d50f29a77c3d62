/** What fixes an error, or what a check found. Each interface shows it in its own form: a command, a link. */
export interface Remedy {
  readonly operation:
    | 'choose stack'
    | 'bootstrap'
    | 'print deployer policy'
    | 'start endpoint'
    | 'list tenants'
    | 'enable tenant'
    | 'resume tenant'
    | 'delete tenant'
    | 'turn brake on'
    | 'release tenant'
    | 'list tokens'
    | 'create token'
    | 'revoke token'
    | 'replace token'
    | 'rotate token'
    | 'renew token'
    | 'list clients'
    | 'create client'
    | 'revoke client'
    | 'replace client'
    | 'renew client'
    | 'revoke part'
    | 'list invitations'
    | 'list users'
    | 'list groups'
    | 'list deleted'
    | 'allow local changes';
  /** What the operation works on, such as the `tenant`. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/**
 * An error that the operator can fix: the message says what was wrong, with what, and what to do. It names no command
 * or option, because programs and consoles show it too.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly remedy: Remedy | undefined;

  constructor(message: string, { remedy, ...options }: ErrorOptions & { readonly remedy?: Remedy } = {}) {
    super(message, options);
    this.remedy = remedy;
  }
}
