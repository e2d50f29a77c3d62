/** A statement of the policies that authorizers return. */
interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/**
 * Whether a policy allows the invocation of a method: an explicit deny wins, and the default is deny. A `*`
 * stands for any text, including slashes. Returns nothing for a policy that this function does not support.
 */
export function evaluatePolicy(policy: unknown, methodArn: string): 'allow' | 'deny' | undefined {
  const statements = readStatements(policy);
  if (!statements) return undefined;
  const effects = statements
    .filter(({ Action, Resource }) => anyFits(Action, 'execute-api:Invoke') && anyFits(Resource, methodArn))
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny') ? 'allow' : 'deny';
}

function readStatements(policy: unknown): readonly Statement[] | undefined {
  if (!isObject(policy)) return undefined;
  const { Statement } = policy;
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return statements.every(isStatement) ? statements : undefined;
}

const known: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Action', 'Resource']);

function isStatement(value: unknown): value is Statement {
  if (!isObject(value) || !Object.keys(value).every((name) => known.has(name))) return false;
  const { Effect, Action, Resource } = value;
  return (Effect === 'Allow' || Effect === 'Deny') && isText(Action) && isText(Resource);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isText = (value: unknown) =>
  typeof value === 'string' || (Array.isArray(value) && value.every((part) => typeof part === 'string'));

function anyFits(patterns: string | readonly string[], text: string): boolean {
  return [patterns].flat().some((pattern) => toRegExp(pattern).test(text));
}

function toRegExp(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
