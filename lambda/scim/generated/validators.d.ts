/** What a compiled validator says about one place in a resource: the part of ajv's error object that is used. */
export interface Violation {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A compiled validator; `errors` is what its last call found. */
export interface Validator {
  (data: unknown): boolean;
  readonly errors?: readonly Violation[] | null;
}

export const identityCenterUser: Validator;
export const identityCenterGroup: Validator;
export const standardUser: Validator;
export const standardGroup: Validator;
