import type { ChecklistStep, ProviderId } from '../web/api/portal';

/**
 * How an identity provider is connected: the steps that the setup portal shows, and that `npm run guides-doc` writes into
 * docs/. `*words*` are words of the provider's own pages, `words` in backticks are values. `{product}` and `{operator}` stand
 * for the names that the operator has set.
 */
export interface Guide {
  readonly id: ProviderId;
  readonly name: string;
  /** When the names were compared with the sources: YYYY-MM-DD. */
  readonly checkedOn: string;
  readonly sources: readonly string[];
  readonly before: {
    /** Role, licence, time. */
    readonly need: readonly string[];
    /** What happens to users who exist already. */
    readonly existing: readonly string[];
    /** What a removal in the provider does. */
    readonly removal: readonly string[];
    /** How to stop it. */
    readonly stop: readonly string[];
    /** How long the provider takes to send a change. */
    readonly waiting: string;
  };
  /** A question whose answer decides which steps there are. */
  readonly choice?: {
    readonly question: string;
    readonly options: readonly GuideOption[];
  };
  readonly steps: readonly GuideStep[];
}

export interface GuideOption {
  readonly id: string;
  readonly label: string;
  readonly help: string;
}

export interface GuideStep {
  /** Unique within an option, and the same for the same step of another option. */
  readonly id: string;
  readonly title: string;
  /** The options that have this step; every one by default. */
  readonly for?: readonly string[];
  /** The names of this step could not be compared with the provider's own documentation. */
  readonly unverified?: boolean;
  readonly do: readonly string[];
  readonly fields?: readonly GuideField[];
  /** What the administrator should see now. */
  readonly see: string;
  /** What the checklist shows when the step is done. */
  readonly await?: readonly ChecklistStep[];
  /** What people trip on. */
  readonly why?: readonly { readonly question: string; readonly answer: string }[];
}

/** A field of the provider's page: a value to paste, or a choice to make. */
export interface GuideField {
  readonly label: string;
  /** Text, or one of `{baseUrl}`, `{token}`, `{tokenEndpoint}`, `{clientId}`, `{clientSecret}`. */
  readonly paste?: string;
  readonly choose?: string;
  readonly help?: string;
}
