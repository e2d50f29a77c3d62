import type { Flow, Need } from './flow';
import type { Send } from './send';

/** The endpoint a flow runs against. What a flow needs of the optional parts, it says in `needs`. */
export interface Target {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  readonly profile: string;
  /** The directory holds nothing yet. */
  readonly emptyDirectory?: boolean;
  /** The Base URL of another tenant, and a token of it. */
  readonly otherBaseUrl?: string;
  readonly otherToken?: string;
  /** The Base URL that a tenant would have that does not exist. */
  readonly unknownBaseUrl?: string;
  /** A well-formed token that was never issued. */
  readonly unknownToken?: string;
  /** Headers added to every request, for instance what a proxy in front of the endpoint asks for. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Hold answers to the flow's `within`; off where the machine is not the one that serves. */
  readonly timed?: boolean;
  /** How requests go out; over HTTP(S) unless given. */
  readonly send?: Send;
}

/** What the flow needs and the target does not have. */
export function missingNeeds(flow: Flow, target: Target): readonly Need[] {
  return (flow.needs ?? []).filter((need) => !target[need]);
}
