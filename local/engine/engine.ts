import { type Reply, toReply } from '../aws-error';
import { parseInput, reads, writes } from './actions';
import { createTable } from './create-table';
import { type Database, openDatabase } from './database';
import { serializationException, unknownOperation, validationException } from './errors';
import { createMutex } from './mutex';
import { loadRequestTokens } from './request-tokens';
import { runAction } from './run-action';
import { openStreams, type Streams } from './streams';
import { loadTables } from './tables';
import { type Commit, transactWrite } from './transactions';

/** DynamoDB in this process: dynalite's actions on LevelDB, with transactions and streams. */
export interface Engine {
  /** Handles a request. `target` is the X-Amz-Target header, `body` the parsed JSON, which it may change. */
  call(target: string, body: unknown): Promise<Reply>;
  /** Starts a table's stream: from now on the wanted changes are recorded, and delivered at least once, in order. */
  readonly subscribe: Streams['subscribe'];
  /** Has the records that gather delivered at once. */
  readonly hurry: Streams['hurry'];
  /** The database, for other parts of the local endpoint. */
  readonly database: Database;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** A folder for the data; without one they live in memory. */
  readonly path?: string;
  /** An open database, instead of a folder. */
  readonly database?: Database;
  readonly now?: () => number;
}

type Handler = (body: unknown) => Promise<unknown>;

const service = 'DynamoDB_20120810.';

/** Opens the engine. @throws as `openDatabase`. */
export async function openEngine({ path, database: open, now = Date.now }: EngineOptions): Promise<Engine> {
  const database = open ?? (await openDatabase(path));
  const storage = { database, tables: await loadTables(database) };
  const streams = await openStreams(database);
  const tokens = await loadRequestTokens(database, now);
  const alone = createMutex();

  const commit: Commit = async (actions, more = []) => {
    const records = streams.record(actions.flatMap(({ touched }) => [...touched.values()]));
    const batch = [...actions.flatMap((action) => action.writes), ...records, ...more];
    if (batch.length > 0) await database.batch(batch);
    streams.committed(records);
  };

  const write = async (name: string, body: unknown) => {
    const operation = writes.get(name);
    if (!operation) throw unknownOperation(service + name);
    const onConditionFailure = readOnConditionFailure(body);
    const data = parseInput(operation.input, body);
    const action = await runAction(storage, operation.action, data, onConditionFailure);
    await commit([action]);
    return action.result;
  };

  const handlers = new Map<string, Handler>([
    ['CreateTable', (body) => alone(() => createTable(storage, body))],
    ['TransactWriteItems', (body) => alone(() => transactWrite(storage, tokens, commit, body))],
    ...[...writes.keys()].map((name): [string, Handler] => [name, (body) => alone(() => write(name, body))]),
    ...[...reads].map(([name, { input, action }]): [string, Handler] => [
      name,
      async (body) => (await runAction(storage, action, parseInput(input, body))).result,
    ]),
  ]);

  return {
    database,
    subscribe: streams.subscribe,
    hurry: streams.hurry,
    close() {
      streams.stop();
      return database.close();
    },
    call: (target, body) =>
      toReply(async () => {
        const handler = target.startsWith(service) ? handlers.get(target.slice(service.length)) : undefined;
        if (!handler) throw unknownOperation(target);
        if (body === null || typeof body !== 'object' || Array.isArray(body)) throw serializationException();
        return await handler(body);
      }),
  };
}

function readOnConditionFailure(body: unknown): unknown {
  const { ReturnValuesOnConditionCheckFailure: value } = body as Record<string, unknown>;
  if (value === undefined || value === 'ALL_OLD' || value === 'NONE') return value;
  throw validationException(
    `1 validation error detected: Value '${String(value)}' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
  );
}
