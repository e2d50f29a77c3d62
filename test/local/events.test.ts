import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type Endpoint, type EndpointOptions, startEndpoint } from '../../local/endpoint';
import { type BusEvent, createEventBus } from '../../local/event-bus';
import { userBody } from '../directory/requests';
import cases from './event-bus.json';

let folder: string;
let endpoint: Endpoint | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'events-'));
});

afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
  await rm(folder, { recursive: true });
});

/** Starts an endpoint in a folder; its log lines about events are collected in a list. */
async function open(
  options: EndpointOptions = {},
): Promise<{ lines: string[]; send: (body: object) => Promise<Response> }> {
  const lines: string[] = [];
  const log = (line: string) => {
    if (line.includes(' event ')) lines.push(line);
  };
  endpoint = await startEndpoint({ data: join(folder, 'data'), log, verbose: true, ...options });
  const { baseUrl, token } = await endpoint.firstTenant();
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  return {
    lines,
    send: (body) => fetch(`${baseUrl}/Users`, { method: 'POST', headers, body: JSON.stringify(body) }),
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const kept = async () =>
  (await readFile(join(folder, 'data/events.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as BusEvent);

describe('the events of the local endpoint', () => {
  it('are a line each on the console if it is verbose, without names, and whole in a file for this user only', async () => {
    const { lines, send } = await open();
    const { id } = (await (await send(userBody('anna'))).json()) as { id: string };
    await until(() => lines.length === 1);

    expect(lines[0]).toMatch(new RegExp(`^\\d\\d:\\d\\d:\\d\\d event User Created \\w+ ${id}$`));
    expect(await kept()).toMatchObject([
      {
        'detail-type': 'User Created',
        source: 'serverless-scim',
        detail: { resource: { id, userName: 'anna@example.com' } },
      },
    ]);
    expect((await stat(join(folder, 'data/events.jsonl'))).mode & 0o777).toBe(0o600);
  });

  it('are kept over a restart, and deleted with the data', async () => {
    const first = await open();
    await first.send(userBody('anna'));
    await until(() => first.lines.length === 1);
    await endpoint?.close();
    const second = await open();
    await second.send(userBody('ben'));
    await until(() => second.lines.length === 1);
    expect(await kept()).toHaveLength(2);
    await endpoint?.close();
    const third = await open({ reset: true });
    await third.send(userBody('anna'));
    await until(() => third.lines.length === 1);
    expect(await kept()).toHaveLength(1);
  });

  it('go on after an item that cannot be read', async () => {
    const complaints: string[] = [];
    jest.spyOn(console, 'error').mockImplementation((text) => complaints.push(String(text)));
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { lines, send } = await open();
    const item = { pk: { S: 'tenant#USER' }, sk: { S: 'x' }, modifiedShard: { S: 'by hand' } };
    await new DynamoDBClient({}).send(new PutItemCommand({ TableName: 'directory', Item: item }));
    await send(userBody('anna'));
    await until(() => complaints.some((text) => text.includes('is skipped')));
    await send(userBody('ben'));
    await until(() => new Set(lines.map((line) => line.split(' ').at(-1))).size === 2);
    const seen = lines.length;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(lines).toHaveLength(seen);
    jest.restoreAllMocks();
  });

  it('are not published without a log or data folder', async () => {
    const { lines, send } = await open({ events: false });
    expect((await send(userBody('anna'))).status).toBe(201);
    await endpoint?.close();
    expect(lines).toEqual([]);
    await expect(kept()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the bus', () => {
  const entry = { EventBusName: 'changes', Source: 's', DetailType: 't', Detail: '{"a":1}' };
  const given: BusEvent[] = [];
  const bus = createEventBus('changes', async (events) => {
    given.push(...events);
  });
  const put = (...Entries: object[]) => bus.call('AWSEvents.PutEvents', { Entries });
  beforeEach(() => given.splice(0));

  it("speaks the protocol of AWS's client", async () => {
    const { lines } = await open();
    const client = new EventBridgeClient({});
    const sent = {
      ...entry,
      Detail: '{"tenantId":"t","time":"2026-11-24T07:00:00.000Z","group":{"id":"g"},"members":[1,2]}',
    };
    const { FailedEntryCount, Entries } = await client.send(
      new PutEventsCommand({ Entries: [sent, { ...sent, EventBusName: 'x' }] }),
    );
    expect(FailedEntryCount).toBe(1);
    expect(Entries).toMatchObject([{ EventId: expect.any(String) }, { ErrorCode: 'InvalidArgument' }]);
    expect(lines).toEqual(['07:00:00 event t (2) t g']);
  });

  it.each(cases)('takes or refuses $name', async ({ entry: more, error }) => {
    const { body } = await put({ ...entry, ...more }, entry);
    const [first] = (body as { Entries: { ErrorCode?: string }[] }).Entries;
    expect(first?.ErrorCode ?? null).toBe(error);
    expect(given).toHaveLength(error === null ? 2 : 1);
    expect(given.at(-1)).toMatchObject({
      version: '0',
      source: 's',
      'detail-type': 't',
      resources: [],
      detail: { a: 1 },
    });
  });

  const large = JSON.stringify({ text: 'x'.repeat(30_000) });
  const refused: [what: string, entries: object[]][] = [
    ['no entry', []],
    ['more than ten entries', Array(11).fill(entry)],
    ['more than 256 KB', Array(9).fill({ ...entry, Detail: large })],
  ];

  it.each(refused)('refuses a request with %s', async (_what, entries) => {
    expect(await put(...entries)).toMatchObject({ status: 400, body: { __type: 'ValidationException' } });
    expect(given).toEqual([]);
  });

  it('has no other operation', async () => {
    expect(await bus.call('AWSEvents.PutRule', {})).toMatchObject({
      status: 400,
      body: { __type: 'UnknownOperationException' },
    });
  });
});
