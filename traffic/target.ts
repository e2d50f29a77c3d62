import type { Flow, Need } from './flow';
import type { Send } from './send';

/** The endpoint that a flow runs against. A flow names the optional parts that it needs in `needs`. */
export interface Target {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  readonly profile: string;
  /** The directory is empty. */
  readonly emptyDirectory?: boolean;
  /** The Base URL of another tenant, and a token of it. */
  readonly otherBaseUrl?: string;
  readonly otherToken?: string;
  /** The Base URL of a tenant that does not exist. */
  readonly unknownBaseUrl?: string;
  /** A well-formed token that was never issued. */
  readonly unknownToken?: string;
  /** Headers added to every request, for instance for a proxy in front of the endpoint. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether to check the flow's `within`; off if the endpoint runs on another machine. */
  readonly timed?: boolean;
  /** How to send requests (default: HTTP(S)). */
  readonly send?: Send;
}

/** What the flow needs but the target lacks. */
export function missingNeeds(flow: Flow, target: Target): readonly Need[] {
  return (flow.needs ?? []).filter((need) => !target[need]);
}
