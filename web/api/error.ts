/** A screen that a remedy names. */
export type Screen = 'tenants' | 'overview' | 'users' | 'groups' | 'activity' | 'credentials' | 'deleted' | 'settings';

/** What to do about an error, or about what needs attention. */
export interface ApiRemedy {
  /** Sentences. A command line that they name also works in a terminal. */
  readonly text: string;
  /** Where in the page it is done. */
  readonly to?: { readonly screen: Screen; readonly tenant?: string };
  /** Where the documentation says more: a path in the repository, with an anchor. */
  readonly docs?: string;
}

/** Why a call was refused, or failed. Nothing was changed, unless the message says so. */
export interface ApiError {
  /**
   * `invalid`: the call's input; `refused`: the operator can fix it, the message says how; `credentials`: AWS does not
   * accept the operator's credentials; `permission`: they may not do this; `unreachable`: AWS or the endpoint does not
   * answer; `secret`: the page was not opened with the address that the program printed; `unexpected`: a bug.
   */
  readonly code: 'invalid' | 'refused' | 'credentials' | 'permission' | 'unreachable' | 'secret' | 'unexpected';
  readonly message: string;
  readonly remedy?: ApiRemedy;
}

/** The body of every answer with another status than 200. */
export interface ApiFailure {
  readonly error: ApiError;
}
