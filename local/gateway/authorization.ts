import type { APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { type DeployedFunction, type InvocationResult, invoke } from '../invoke';
import { evaluatePolicy } from './policy';

/** Result of the authorization: the authorizer's context, or the gateway response that refuses the request. */
export type Authorization =
  | { readonly kind: 'allowed'; readonly context: Readonly<Record<string, string>>; readonly usageKey?: string }
  | { readonly kind: 'refused'; readonly response: AuthorizationResponse };

type AuthorizationResponse = 'UNAUTHORIZED' | 'ACCESS_DENIED' | 'AUTHORIZER_FAILURE' | 'AUTHORIZER_CONFIGURATION_ERROR';

/** Decides whether a token may call a method, named by its ARN. */
export type Authorize = (token: string | undefined, methodArn: string) => Promise<Authorization>;

interface CachedResult {
  readonly result: AuthorizerResult;
  readonly expires: number;
}

interface AuthorizerResult {
  readonly policyDocument: unknown;
  readonly context: Readonly<Record<string, string>>;
  readonly usageKey?: string;
}

const capacity = 1000;

/**
 * A TOKEN authorizer on the Authorization header. The function's result is cached for `cacheSeconds`, by token, and its
 * policy is evaluated for each method; errors are not cached. A header that is missing or
 * does not fit the pattern is refused without it.
 */
export function createAuthorizer(authorizer: DeployedFunction, cacheSeconds: number, pattern: RegExp): Authorize {
  const cache = new Map<string, CachedResult>();

  const ask = async (token: string, methodArn: string): Promise<AuthorizerResult | AuthorizationResponse> => {
    const kept = cache.get(token);
    if (kept && kept.expires > Date.now()) return kept.result;
    const event: APIGatewayTokenAuthorizerEvent = { type: 'TOKEN', methodArn, authorizationToken: token };
    const result = readOutcome(await invoke(authorizer, event));
    if (typeof result === 'string' || cacheSeconds <= 0) return result;
    if (cache.size >= capacity) cache.clear();
    cache.set(token, { result, expires: Date.now() + cacheSeconds * 1000 });
    return result;
  };

  return async (token, methodArn) => {
    if (!token || !pattern.test(token)) return { kind: 'refused', response: 'UNAUTHORIZED' };
    const result = await ask(token, methodArn);
    if (typeof result === 'string') return { kind: 'refused', response: result };
    const verdict = evaluatePolicy(result.policyDocument, methodArn);
    if (verdict === undefined) return { kind: 'refused', response: 'AUTHORIZER_CONFIGURATION_ERROR' };
    return verdict === 'allow'
      ? { kind: 'allowed', context: result.context, ...(result.usageKey ? { usageKey: result.usageKey } : {}) }
      : { kind: 'refused', response: 'ACCESS_DENIED' };
  };
}

function readOutcome(outcome: InvocationResult): AuthorizerResult | AuthorizationResponse {
  if (outcome.kind === 'threw' && isUnauthorized(outcome.error)) return 'UNAUTHORIZED';
  if (outcome.kind !== 'returned') {
    console.error('scim-local: the authorizer failed:', outcome.kind === 'threw' ? outcome.error : outcome.kind);
    return 'AUTHORIZER_FAILURE';
  }
  return readResult(outcome.value) ?? 'AUTHORIZER_CONFIGURATION_ERROR';
}

// API Gateway recognizes exactly this message.
const isUnauthorized = (error: unknown) => error instanceof Error && error.message === 'Unauthorized';

/** API Gateway accepts strings, numbers and booleans in the context, and passes them on as strings. */
function readResult(value: unknown): AuthorizerResult | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { principalId, policyDocument, context = {}, usageIdentifierKey } = value as Record<string, unknown>;
  if (typeof principalId !== 'string' || typeof context !== 'object' || context === null) return undefined;
  const entries = Object.entries(context);
  if (!entries.every(([, part]) => ['string', 'number', 'boolean'].includes(typeof part))) return undefined;
  const texts = entries.map(([name, part]) => [name, String(part)]);
  return {
    policyDocument,
    context: { ...Object.fromEntries(texts), principalId },
    ...(typeof usageIdentifierKey === 'string' ? { usageKey: usageIdentifierKey } : {}),
  };
}
