import { type Database, openDatabase } from '../../local/engine/database';
import { openQueue, type Queue } from '../../local/queue';

let database: Database;
let queue: Queue | undefined;

beforeEach(async () => {
  database = await openDatabase(undefined);
});

afterEach(async () => {
  await queue?.close();
  await database.close();
});

const QueueUrl = 'http://127.0.0.1:1/000000000000/sweep';
const send = (input: Record<string, unknown>) => queue?.call('AmazonSQS.SendMessage', { QueueUrl, ...input });

/** Opens the queue; `attempts` are the bodies of each delivery, of which those in `fails` are delivered again. */
function open(fails: (body: string, attempt: number) => boolean = () => false) {
  const attempts: string[][] = [];
  queue = openQueue(
    database,
    'sweep',
    ({ Records }) => {
      attempts.push(Records.map(({ body }) => body));
      const failed = Records.filter(({ body }) => fails(body, attempts.length)).map(({ messageId }) => messageId);
      return Promise.resolve(new Set(failed));
    },
    1,
  );
  return attempts;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('the queue', () => {
  it('delivers a message when its delay is over, not before', async () => {
    const attempts = open();
    const sent = Date.now();
    await send({ MessageBody: 'late', DelaySeconds: 1 });
    await send({ MessageBody: 'early' });
    await until(() => attempts.length === 2);
    expect(attempts).toEqual([['early'], ['late']]);
    expect(Date.now() - sent).toBeGreaterThanOrEqual(1000);
  });

  it('returns the id and the digest that the SDK checks', async () => {
    open();
    expect(await send({ MessageBody: 'hello' })).toEqual({
      status: 200,
      body: { MessageId: expect.any(String), MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' },
    });
  });

  it('brings a message again that its consumer failed to handle, and no other', async () => {
    const attempts = open((body, attempt) => body === 'hard' && attempt === 1);
    await Promise.all([send({ MessageBody: 'hard' }), send({ MessageBody: 'easy' })]);
    await until(() => attempts.flat().length === 3);
    expect(attempts.flat().sort()).toEqual(['easy', 'hard', 'hard']);
  });

  it('brings everything again when its consumer throws', async () => {
    const complaints = jest.spyOn(console, 'error').mockReturnValue();
    const attempts = open((_body, attempt) => {
      if (attempt === 1) throw new Error('refused once');
      return false;
    });
    await send({ MessageBody: 'x' });
    await until(() => attempts.length === 2);
    expect(complaints).toHaveBeenCalledTimes(1);
    complaints.mockRestore();
  });

  it('keeps a message until it is handled, over a restart too', async () => {
    queue = openQueue(database, 'sweep', () => new Promise(() => {}));
    await send({ MessageBody: 'kept' });
    const attempts = open();
    await until(() => attempts.length === 1);
    expect(attempts).toEqual([['kept']]);
    await queue.close();
    for await (const left of database.entries('queue/sweep/')) expect(left).toBeUndefined();
  });

  const refused: [input: Record<string, unknown>, type: string][] = [
    [{ MessageBody: 'x', QueueUrl: 'http://127.0.0.1:1/000000000000/other' }, 'QueueDoesNotExist'],
    [{}, 'MissingParameter'],
    [{ MessageBody: 'x', DelaySeconds: 901 }, 'InvalidParameterValue'],
  ];

  it.each(refused)('refuses %j with %s', async (input, type) => {
    open();
    const reply = await send(input);
    expect(reply?.status).toBe(400);
    expect(reply?.body).toMatchObject({ __type: `com.amazonaws.sqs#${type}` });
  });
});
