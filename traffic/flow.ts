import type { Json, JsonObject } from './json';

export type JsonType = 'string' | 'boolean' | 'integer' | 'number' | 'array' | 'object' | 'null';

/** What must hold for one value; if there are several keys, all must hold. See README.md. */
export interface Assertion {
  readonly equals?: Json;
  readonly matches?: string;
  /** Like `pr` in RFC 7644: exists and is neither null nor empty. */
  readonly present?: boolean;
  readonly absent?: true;
  readonly type?: JsonType;
  readonly length?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly contains?: Json;
  readonly sameSet?: Json;
  readonly includes?: Json;
  readonly every?: Assertion;
  readonly not?: Assertion;
}

/** A string, number, boolean, null or array stands for `{ "equals": … }`. */
export type Assertions = Readonly<Record<string, Json | Assertion>>;

/** The expected response. `like` names expectations in shapes.json; `in` adds expectations for one profile. */
export interface Expectation {
  readonly like?: readonly string[];
  readonly status?: number | readonly number[];
  readonly headers?: Assertions;
  readonly body?: Assertions;
  /** The type of types.json into which the client decodes the body. */
  readonly decodes?: string;
  /** Maximum milliseconds until the response is complete. */
  readonly within?: number;
  readonly in?: Readonly<Record<string, Omit<Expectation, 'in'>>>;
}

/** Which token to send: `valid` is the target's, `garbled` the same with its end changed; the target names the others. */
export type TokenName = 'valid' | 'none' | 'garbled' | 'unknown' | 'other';

/** Whose Base URL the request goes to. */
export type TenantName = 'own' | 'other' | 'unknown';

/** One HTTP request. `path` is appended to the Base URL unchanged; only values of variables are percent-encoded. */
export interface FlowRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** A captured body to send back: `${name}`. */
  readonly bodyFrom?: string;
  /** Changes to the body, by pointer. */
  readonly set?: Readonly<Record<string, Json>>;
  readonly without?: readonly string[];
  readonly rawBody?: string;
  /** Pads the body with spaces, which JSON allows, to this many bytes. */
  readonly bodySize?: number;
  readonly token?: TokenName;
  readonly tenant?: TenantName;
}

/** Values that a step stores for later steps. */
export interface Keeping {
  /** Variable → pointer into the body (of a check: into what is checked), or `header:<name>`. */
  readonly capture?: Readonly<Record<string, string>>;
  /** Variable → pointer; the value (each of them, for an array) is appended to the variable, an array of the whole flow. */
  readonly collect?: Readonly<Record<string, string>>;
}

export interface RequestStep extends Keeping {
  readonly name: string;
  readonly profiles?: readonly string[];
  readonly request: FlowRequest;
  readonly expect: Expectation;
}

/** An assertion on variables, without a request. */
export interface CheckStep extends Keeping {
  readonly name: string;
  readonly profiles?: readonly string[];
  readonly check: Json;
  readonly is: Json | Assertion;
}

/**
 * Repeats steps for each row of variables, for each element of an array variable (`"${ids}"`; the element is `${item}`),
 * or a number of times; `${index}` counts from 1. At most `concurrency` rounds run at once (default: 1).
 */
export interface RepeatStep {
  readonly name: string;
  readonly profiles?: readonly string[];
  readonly each?: readonly JsonObject[] | string;
  readonly times?: number;
  readonly concurrency?: number;
  readonly steps: readonly (RequestStep | CheckStep)[];
}

export type Step = RequestStep | CheckStep | RepeatStep;

/** What a flow needs besides a Base URL and a token; see `Target`. */
export type Need = 'emptyDirectory' | 'otherBaseUrl' | 'unknownBaseUrl' | 'otherToken' | 'unknownToken';

/** What one client does from start to end: a file under traffic/clients/; or cases written by hand, under test/cases/. */
export interface Flow {
  /** The file's path without `.json`. */
  readonly name: string;
  readonly description: string;
  readonly source: readonly string[];
  readonly profiles: readonly string[];
  readonly needs?: readonly Need[];
  /** Headers of every request of the flow, as the client sends them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Variables made before the first step; they may use `${unique}` and `${uuid}`, and those defined above. */
  readonly variables?: Readonly<Record<string, Json>>;
  /** Steps that create what must exist before the client starts. */
  readonly setup?: readonly Step[];
  readonly steps: readonly Step[];
}
