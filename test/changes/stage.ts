import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { groupType, userType } from '../../lambda/directory/resource-types';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import type { Json, JsonObject } from '../../lambda/scim/json';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { type Tables, tablesFromEnvironment } from '../../lambda/store/tables';
import type { Reply } from '../../local/aws-error';
import { answerAwsRequest, type Service } from '../../local/aws-requests';
import { openEngine } from '../../local/engine/engine';
import { type BusEvent, createEventBus } from '../../local/event-bus';
import { openQueue } from '../../local/queue';
import { tableDefinitions } from '../../local/table-definitions';
import { request, servicesOver } from '../directory/requests';

/**
 * How AWS responds to a call of the function: `down` is 503, `refused` is an error that is not tried again, `silent` is
 * no response.
 */
export type Fault = 'down' | 'refused' | 'silent' | undefined;

/** An entry of PutEvents, with its detail parsed. */
export interface Entry {
  readonly DetailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * The function `changes` with everything around it in this process; requests run the real methods on the real store.
 */
export interface Stage {
  readonly tables: Tables;
  /** The events that the bus received, in order. */
  readonly events: BusEvent[];
  /** The bodies of the messages to the delay queue. */
  readonly messages: string[];
  /** Decides about each call that the function makes, by its operation. */
  fault: (operation: string) => Fault;
  /** Decides about each entry that is put on the bus: the code of the error, if it is to be refused. */
  refuse: (entry: Entry) => string | undefined;
  /** Sends a request of a tenant. @throws ScimError */
  send(tenantId: string, method: string, path: string, body?: Json): Promise<JsonObject>;
  /** The new records of both streams, each in order. */
  take(): { readonly directory: DynamoDBRecord[]; readonly memberships: DynamoDBRecord[] };
  /**
   * Invokes the function as Lambda does; one that gets no response ends with the stage. Resolves to the sequence
   * numbers that it reports.
   */
  handle(records: readonly DynamoDBRecord[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

const unavailable: Reply = { status: 503, body: { __type: 'ServiceUnavailable' } };
const refused: Reply = { status: 400, body: { __type: 'AccessDeniedException' } };
const accessKeyId = 'test';
const names = { directory: 'directory', memberships: 'memberships', activity: 'activity' };
const endpoints = [userType, groupType].flatMap(resourceEndpoints);

/** Opens a stage. Use one per test file, since the function reads its environment when it is loaded. */
export async function openStage({ values = false } = {}): Promise<Stage> {
  const engine = await openEngine({});
  const events: BusEvent[] = [];
  const messages: string[] = [];
  const queue = openQueue(engine.database, 'sweep', () => Promise.resolve(new Set()));
  const bus = createEventBus('changes', async (more) => {
    events.push(...more);
  });
  const inner: Record<string, Service> = { DynamoDB_20120810: engine, AmazonSQS: queue, AWSEvents: bus };
  const running = new Set<Promise<unknown>>();
  const failures: unknown[] = [];
  let end: (reply: Reply) => void = () => {};
  const ended = new Promise<Reply>((resolve) => {
    end = resolve;
  });

  const call = async (target: string, body: unknown): Promise<Reply> => {
    const [service = '', operation = ''] = target.split('.');
    const fault = running.size > 0 ? stage.fault(operation) : undefined;
    if (fault === 'silent') return await ended;
    if (fault === 'down') return unavailable;
    if (fault === 'refused') return refused;
    if (operation === 'SendMessage') messages.push((body as { MessageBody: string }).MessageBody);
    const answer = (sent: unknown) => (inner[service] as Service).call(target, sent);
    return await (operation === 'PutEvents' ? refusing(body as PutEvents, stage.refuse, answer) : answer(body));
  };
  const services = new Map(Object.keys(inner).map((name): [string, Service] => [name, { call }]));
  const server = createServer((received, response) => {
    answerAwsRequest(services, accessKeyId, received, response).catch((error: unknown) => {
      failures.push(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'test',
    DIRECTORY_TABLE: names.directory,
    MEMBERSHIPS_TABLE: names.memberships,
    SWEEP_QUEUE_URL: `${url}/000000000000/sweep`,
    EVENT_BUS_NAME: 'changes',
    ACTIVITY_TABLE: names.activity,
    ACTIVITY_DAYS: '90',
    EVENT_VALUES: String(values),
  });

  const taken = { directory: [] as DynamoDBRecord[], memberships: [] as DynamoDBRecord[] };
  for (const definition of tableDefinitions(names)) await engine.call('DynamoDB_20120810.CreateTable', definition);
  for (const table of ['directory', 'memberships'] as const) {
    // The filter sees every record when it is made; none is delivered, so that a test decides when, and in which batch.
    const note = (record: DynamoDBRecord) => taken[table].push(structuredClone(record)) < 0;
    engine.subscribe(names[table], () => Promise.resolve(undefined), { wants: note });
  }
  const { handler } = require('../../lambda/changes') as {
    handler: (event: { Records: readonly DynamoDBRecord[] }) => Promise<DynamoDBBatchResponse>;
  };
  const tables = tablesFromEnvironment();
  const scim = servicesOver(new DynamoStore(tables));

  const stage: Stage = {
    tables,
    events,
    messages,
    fault: () => undefined,
    refuse: () => undefined,
    async send(tenantId, method, path, body) {
      const sent = request(method, path, { tenantId, profile: 'standard', ...(body !== undefined && { body }) });
      return (await dispatch(endpoints, sent)(scim, sent)).body ?? {};
    },
    take: () => ({ directory: taken.directory.splice(0), memberships: taken.memberships.splice(0) }),
    async handle(records) {
      const invocation = handler({ Records: structuredClone([...records]) });
      running.add(invocation);
      const { batchItemFailures } = await invocation.finally(() => running.delete(invocation));
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
    async close() {
      stage.fault = () => 'down';
      end(unavailable);
      await Promise.allSettled(running);
      await queue.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      tables.client.destroy();
      await engine.close();
      if (failures.length > 0) throw failures[0];
    },
  };
  return stage;
}

interface PutEvents {
  readonly Entries: readonly { readonly DetailType: string; readonly Detail: string }[];
}

/** Puts the entries that are not refused on the bus. Returns a result for every entry. */
async function refusing(
  { Entries }: PutEvents,
  refuse: Stage['refuse'],
  put: (body: PutEvents) => Promise<Reply>,
): Promise<Reply> {
  const codes = Entries.map(({ DetailType, Detail }) => refuse({ DetailType, detail: JSON.parse(Detail) }));
  const passed = Entries.filter((_, index) => codes[index] === undefined);
  if (passed.length === Entries.length) return await put({ Entries });
  const { body } = passed.length === 0 ? { body: { Entries: [] } } : await put({ Entries: passed });
  const results = [...(body as { Entries: object[] }).Entries];
  const all = codes.map((ErrorCode) => (ErrorCode === undefined ? results.shift() : { ErrorCode, ErrorMessage: 'x' }));
  return { status: 200, body: { FailedEntryCount: Entries.length - passed.length, Entries: all } };
}
