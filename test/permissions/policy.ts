import { render, resources, synthesize } from '../lib/synthesize';
import type { Access } from './accesses';

/** A statement of a function's synthesized policy, with references by short logical id. */
interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: Condition;
}

/** Operator → context key → values. */
type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/**
 * The actions of Lambda itself with a function's role: it writes the log, reads streams and queue, stores failed
 * records.
 */
const lambdaActions: ReadonlySet<string> = new Set([
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
  's3:ListBucket',
  's3:PutObject',
]);

/** The policy of one function's role. */
export class Policy {
  /** The permissions that no access has needed so far, as `action on resource`; without what Lambda needs. */
  readonly unused: Set<string>;

  constructor(private readonly statements: readonly Statement[]) {
    this.unused = new Set(
      statements
        .filter(({ effect }) => effect === 'Allow')
        .flatMap(({ actions, resources: patterns }) =>
          actions
            .filter((action) => !lambdaActions.has(action))
            .flatMap((action) => patterns.map((pattern) => `${action} on ${pattern}`)),
        ),
    );
  }

  /** The partitions to which conditions limit what is allowed, as patterns. */
  get partitions(): readonly string[] {
    const allowed = this.statements.filter(({ effect }) => effect === 'Allow');
    return allowed.flatMap(({ condition }) =>
      [condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []].flat(),
    );
  }

  /** Whether IAM allows an access: an explicit denial wins, and the default is to deny. */
  allows(access: Access): boolean {
    const fitting = this.statements.filter((statement) => fits(statement, access));
    return fitting.some(({ effect }) => effect === 'Allow') && !fitting.some(({ effect }) => effect === 'Deny');
  }

  /** Records that an access was needed. */
  use(access: Access): void {
    for (const { resources: patterns } of this.statements.filter((statement) => fits(statement, access))) {
      for (const pattern of patterns.filter((each) => isLike(access.resource, each))) {
        this.unused.delete(`${access.action} on ${pattern}`);
      }
    }
  }
}

function fits({ actions, resources: patterns, condition }: Statement, access: Access): boolean {
  return (
    actions.includes(access.action) &&
    patterns.some((pattern) => isLike(access.resource, pattern)) &&
    holds(condition, access.keys)
  );
}

/** @throws Error for a condition that no policy has so far */
function holds(condition: Condition, keys: readonly string[]): boolean {
  return Object.entries(condition).every(([operator, { 'dynamodb:LeadingKeys': values, ...others }]) => {
    const patterns = [values ?? []].flat();
    if (Object.keys(others).length > 0) throw new Error(`Unknown condition ${JSON.stringify(condition)}`);
    if (operator === 'Null') return (keys.length === 0) === (patterns[0] === 'true');
    const isAmong = (key: string) => patterns.some((pattern) => isLike(key, pattern));
    if (operator === 'ForAllValues:StringLike') return keys.every(isAmong);
    if (operator === 'ForAnyValue:StringLike') return keys.some(isAmong);
    throw new Error(`Unknown condition ${JSON.stringify(condition)}`);
  });
}

/** Whether IAM's `StringLike` holds, for `*`. */
export function isLike(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*').map((part) => part.replace(/[.+^${}()|[\]\\?]/g, '\\$&'));
  return new RegExp(`^${[first, ...rest].join('.*')}$`, 's').test(text);
}

/** The policies of the functions in the synthesized template, by the function's name. */
export function synthesizedPolicies(): ReadonlyMap<string, Policy> {
  const found = [...resources(synthesize({ portal: true }), 'AWS::IAM::Policy')].map(
    ([id, { Properties }]): [string, Policy] => {
      const name = id.replace(/RoleDefaultPolicy$/, '').replace(/^(Requests|Sweeping|Expiring)/, '');
      const { Statement: statements } = Properties.PolicyDocument as { Statement: Record<string, unknown>[] };
      return [name.toLowerCase(), new Policy(statements.map(readStatement))];
    },
  );
  return new Map(found);
}

/** A statement of a template. */
export function readStatement({ Effect, Action, Resource, Condition }: Record<string, unknown>): Statement {
  return {
    effect: Effect as Statement['effect'],
    actions: [Action as string | string[]].flat(),
    resources: (Array.isArray(Resource) ? Resource : [Resource]).map(render),
    condition: (Condition ?? {}) as Condition,
  };
}
