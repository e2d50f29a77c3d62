import { randomBytes, randomUUID } from 'node:crypto';
import { awsError } from '../aws-error';
import { account, region } from '../engine/call-store';
import type { Database, Write } from '../engine/database';

/** One version of a secret's value; `stages` such as AWSCURRENT say which it is. */
export interface SecretVersion {
  readonly created: number;
  readonly stages: readonly string[];
  readonly SecretString?: string;
  readonly SecretBinary?: string;
}

/** A secret as it is kept. Times are in seconds. */
export interface Secret {
  readonly ARN: string;
  readonly Name: string;
  readonly Description?: string;
  readonly Tags?: unknown;
  readonly created: number;
  readonly changed: number;
  /** When a secret marked for deletion goes. */
  readonly deletion?: number;
  readonly versions: Readonly<Record<string, SecretVersion>>;
}

export type Input = Readonly<Record<string, unknown>>;

const prefix = 'secret/';

export const secretNotFound = () =>
  awsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
export const invalidParameter = (message: string) => awsError('InvalidParameterException', message);
export const invalidRequest = (message: string) => awsError('InvalidRequestException', message);

/** Where secrets are kept. */
export interface Secrets {
  /** The secret with this name or ARN, or of this ARN without its random end. */
  find(id: string): Promise<Secret | undefined>;
  /** All secrets whose name comes after one, by name. */
  after(name: string): AsyncIterable<Secret>;
  save(secret: Secret): Promise<void>;
  remove(secret: Secret): Promise<void>;
  now(): number;
}

/** The secrets in a database. Those past their deletion are as good as gone. */
export function keepSecrets(database: Database, clock: () => number): Secrets {
  const now = () => clock() / 1000;
  const living = (value: unknown) => {
    const secret = value as Secret | undefined;
    return secret && (secret.deletion ?? Number.POSITIVE_INFINITY) > now() ? secret : undefined;
  };
  const write = (change: Write) => database.batch([change]);

  return {
    now,
    async find(id) {
      const [, named] = /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:(.+)$/.exec(id) ?? [];
      if (named === undefined) return living(await database.get(prefix + id));
      const secret = living(await database.get(prefix + named.replace(/-[A-Za-z0-9]{6}$/, '')));
      return secret?.ARN === id ? secret : living(await database.get(prefix + named));
    },
    async *after(name) {
      for await (const [, value] of database.entries(prefix, { gt: name })) {
        const secret = living(value);
        if (secret) yield secret;
      }
    },
    save: (secret) => write({ type: 'put', key: prefix + secret.Name, value: secret }),
    remove: ({ Name }) => write({ type: 'del', key: prefix + Name }),
  };
}

/** A secret without a value. @throws AwsError ValidationException when the name is none. */
export function newSecret(Name: unknown, now: number): Secret {
  if (typeof Name !== 'string' || !/^[A-Za-z0-9/_+=.@!-]{1,512}$/.test(Name)) {
    throw awsError(
      'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
  }
  const ending = [...randomBytes(6)].map((byte) => letters.charAt(byte % letters.length)).join('');
  const ARN = `arn:aws:secretsmanager:${region()}:${account}:secret:${Name}-${ending}`;
  return { ARN, Name, created: now, changed: now, versions: {} };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The parts of a request that change a secret, without its value. */
export function describedBy({ Description, Tags }: Input): Pick<Secret, 'Description' | 'Tags'> {
  return {
    ...(typeof Description === 'string' ? { Description } : {}),
    ...(Tags === undefined ? {} : { Tags }),
  };
}

/** Whether a request carries a value. @throws AwsError InvalidParameterException when it carries two. */
export function hasValue({ SecretString, SecretBinary }: Input): boolean {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  return SecretString !== undefined || SecretBinary !== undefined;
}

/**
 * The secret with the value of a request as its version of the stages given; the stages leave other versions, and
 * what was AWSCURRENT is AWSPREVIOUS. Repeating a request changes nothing.
 * @throws AwsError ResourceExistsException when its token names a version with another value.
 */
export function withValue(secret: Secret, input: Input, now: number): { secret: Secret; versionId: string } {
  const versionId = typeof input.ClientRequestToken === 'string' ? input.ClientRequestToken : randomUUID();
  const value = plainValue(input);
  const present = new Map(Object.entries(secret.versions)).get(versionId);
  if (present) {
    if (isSame(present, value)) return { secret, versionId };
    throw awsError(
      'ResourceExistsException',
      "You can't use the token of a version that exists with another value: versions never change.",
    );
  }
  const stages = Array.isArray(input.VersionStages) ? (input.VersionStages as string[]) : ['AWSCURRENT'];
  const others = Object.entries(secret.versions).map(([id, version]): [string, SecretVersion] => [
    id,
    { ...version, stages: stagesLeft(version.stages, stages) },
  ]);
  const versions = [
    ...others.filter(([, version]) => version.stages.length > 0),
    [versionId, { created: now, stages, ...value }],
  ];
  return { secret: { ...secret, changed: now, versions: Object.fromEntries(versions) }, versionId };
}

function plainValue({ SecretString, SecretBinary }: Input): Pick<SecretVersion, 'SecretString' | 'SecretBinary'> {
  return {
    ...(typeof SecretString === 'string' ? { SecretString } : {}),
    ...(typeof SecretBinary === 'string' ? { SecretBinary } : {}),
  };
}

export function isSame(a: Input | SecretVersion, b: Input | SecretVersion): boolean {
  return a.SecretString === b.SecretString && a.SecretBinary === b.SecretBinary;
}

function stagesLeft(stages: readonly string[], taken: readonly string[]): readonly string[] {
  const movesCurrent = taken.includes('AWSCURRENT');
  const left = stages.filter((stage) => !taken.includes(stage) && !(movesCurrent && stage === 'AWSPREVIOUS'));
  return movesCurrent && stages.includes('AWSCURRENT') ? [...left, 'AWSPREVIOUS'] : left;
}
