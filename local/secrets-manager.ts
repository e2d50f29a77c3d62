import { awsError, toReply } from './aws-error';
import type { Service } from './aws-requests';
import { account, region } from './engine/call-store';
import type { Database } from './engine/database';
import { createMutex } from './engine/mutex';

/** A secret as it is stored. */
interface Secret {
  readonly Name: string;
  readonly SecretString: string;
  readonly VersionId: string;
  /** Unix time, in seconds. */
  readonly CreatedDate: number;
}

type Input = Readonly<Record<string, unknown>>;

interface Operation {
  /** Supported parameters. Others are refused, because they would have no effect. */
  readonly parameters: readonly string[];
  /** @throws AwsError as Secrets Manager answers it */
  run(database: Database, input: Input): Promise<unknown>;
}

const service = 'secretsmanager.';
const prefix = 'secret/';
const pageSize = 100;

const operations: ReadonlyMap<string, Operation> = new Map([
  ['CreateSecret', { parameters: ['Name', 'SecretString', 'ClientRequestToken'], run: createSecret }],
  ['DeleteSecret', { parameters: ['SecretId', 'ForceDeleteWithoutRecovery'], run: deleteSecret }],
  ['GetSecretValue', { parameters: ['SecretId'], run: getSecretValue }],
  ['ListSecrets', { parameters: ['Filters', 'NextToken'], run: listSecrets }],
  ['PutSecretValue', { parameters: ['SecretId', 'SecretString', 'ClientRequestToken'], run: putSecretValue }],
]);

/** The part of Secrets Manager that the endpoint and its commands use. Secrets are stored in the engine's database. */
export function createSecretsManager(database: Database): Service {
  const alone = createMutex();
  return {
    call: (target, body) =>
      toReply(() => {
        const operation = target.startsWith(service) ? operations.get(target.slice(service.length)) : undefined;
        if (!operation) throw awsError('UnknownOperationException', `The local endpoint has no operation ${target}.`);
        const input = (body ?? {}) as Input;
        const unknown = Object.keys(input).find((name) => !operation.parameters.includes(name));
        if (unknown !== undefined) throw invalid(`The local endpoint's ${target} has no parameter ${unknown}.`);
        return alone(() => operation.run(database, input));
      }),
  };
}

/** Creates a secret. The same request again succeeds, as a client repeats it that got no response. */
async function createSecret(database: Database, { Name, SecretString, ClientRequestToken }: Input): Promise<unknown> {
  if (typeof Name !== 'string' || !/^[A-Za-z0-9/_+=.@!-]{1,512}$/.test(Name)) {
    throw invalid('The name of a secret has 1 to 512 letters, digits and /_+=.@!- only.');
  }
  const present = await find(database, Name);
  if (!present) return save(database, Name, SecretString, ClientRequestToken);
  if (present.VersionId === ClientRequestToken && present.SecretString === SecretString) return nameOf(present);
  throw awsError('ResourceExistsException', `The operation failed because the secret ${Name} already exists.`);
}

async function putSecretValue(
  database: Database,
  { SecretId, SecretString, ClientRequestToken }: Input,
): Promise<unknown> {
  const { Name } = await get(database, SecretId);
  return save(database, Name, SecretString, ClientRequestToken);
}

async function getSecretValue(database: Database, { SecretId }: Input): Promise<unknown> {
  const secret = await get(database, SecretId);
  return { ...nameOf(secret), ...secret };
}

/** Deletes a secret immediately. Deleting one that does not exist succeeds, as AWS documents. */
async function deleteSecret(database: Database, { SecretId, ForceDeleteWithoutRecovery }: Input): Promise<unknown> {
  if (ForceDeleteWithoutRecovery !== true) throw invalid('The local endpoint deletes secrets without recovery only.');
  await database.batch([{ type: 'del', key: `${prefix}${SecretId}` }]);
  return { Name: SecretId, DeletionDate: Date.now() / 1000 };
}

/** Lists secrets by name, one page at a time; the only filter is a prefix of the name. */
async function listSecrets(database: Database, { Filters = [], NextToken }: Input): Promise<unknown> {
  const [start = ''] = (Filters as { Key?: string; Values?: string[] }[]).flatMap(({ Key, Values = [] }) => {
    if (Key !== 'name' || Values.length !== 1) throw invalid('The local endpoint filters by one prefix of the name.');
    return Values;
  });
  const page: Secret[] = [];
  const range = NextToken === undefined ? { gte: start } : { gt: String(NextToken) };
  for await (const [name, secret] of database.entries(prefix, range)) {
    if (!name.startsWith(start)) break;
    if (page.length === pageSize) return { SecretList: page.map(nameOf), NextToken: page.at(-1)?.Name };
    page.push(secret as Secret);
  }
  return { SecretList: page.map(nameOf) };
}

async function save(database: Database, Name: string, value: unknown, token: unknown): Promise<unknown> {
  if (typeof value !== 'string') throw invalid('You must provide SecretString.');
  // SDKs make one; AWS refuses a request without.
  if (typeof token !== 'string')
    throw awsError('InvalidRequestException', 'You must provide a ClientRequestToken value.');
  const secret: Secret = { Name, SecretString: value, VersionId: token, CreatedDate: Date.now() / 1000 };
  await database.batch([{ type: 'put', key: prefix + Name, value: secret }]);
  return nameOf(secret);
}

async function get(database: Database, id: unknown): Promise<Secret> {
  const secret = await find(database, id);
  if (!secret) throw awsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  return secret;
}

async function find(database: Database, name: unknown): Promise<Secret | undefined> {
  return (await database.get(`${prefix}${name}`)) as Secret | undefined;
}

const nameOf = ({ Name, VersionId }: Secret) => ({
  ARN: `arn:aws:secretsmanager:${region()}:${account}:secret:${Name}-000000`,
  Name,
  VersionId,
});

const invalid = (message: string) => awsError('InvalidParameterException', message);
