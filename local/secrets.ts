import { awsError, type Reply, toReply } from './aws-error';
import type { Database } from './engine/database';
import { createMutex } from './engine/mutex';
import { batchGetSecretValue, listSecrets } from './secrets/list';
import {
  createSecret,
  deleteSecret,
  describeSecret,
  getSecretValue,
  putSecretValue,
  restoreSecret,
  updateSecret,
} from './secrets/operations';
import { type Input, keepSecrets, type Secrets } from './secrets/secret';

/** Secrets Manager in this process. */
export interface SecretsManager {
  /** Answers a request. `target` is the X-Amz-Target header, `body` the parsed JSON. */
  call(target: string, body: unknown): Promise<Reply>;
}

type Operation = (secrets: Secrets, input: Input) => Promise<unknown>;

const service = 'secretsmanager.';

const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['BatchGetSecretValue', batchGetSecretValue],
  ['CreateSecret', createSecret],
  ['DeleteSecret', deleteSecret],
  ['DescribeSecret', describeSecret],
  ['GetSecretValue', getSecretValue],
  ['ListSecrets', listSecrets],
  ['PutSecretValue', putSecretValue],
  ['RestoreSecret', restoreSecret],
  ['UpdateSecret', updateSecret],
]);

/** Makes the stand-in; secrets are kept in the engine's database. */
export function createSecretsManager(database: Database, now: () => number = Date.now): SecretsManager {
  const secrets = keepSecrets(database, now);
  const alone = createMutex();
  return {
    call: (target, body) =>
      toReply(() => {
        const operation = target.startsWith(service) ? operations.get(target.slice(service.length)) : undefined;
        if (!operation) throw awsError('UnknownOperationException', `The local endpoint has no operation ${target}.`);
        const input = body !== null && typeof body === 'object' ? (body as Input) : {};
        return alone(() => operation(secrets, input));
      }),
  };
}
