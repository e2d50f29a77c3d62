import { type Database, openDatabase } from '../../local/engine/database';
import { createSecretsManager, type SecretsManager } from '../../local/secrets';

type Body = Record<string, unknown>;

let database: Database;
let secrets: SecretsManager;
let now = 0;
const day = 24 * 3600 * 1000;

beforeEach(async () => {
  now = Date.parse('2026-01-01T00:00:00Z');
  database = await openDatabase(undefined);
  secrets = createSecretsManager(database, () => now);
});

afterEach(() => database.close());

/** The result of an operation, or the type of its error. */
async function call(operation: string, input: Body): Promise<Body> {
  const { status, body } = await secrets.call(`secretsmanager.${operation}`, input);
  return status === 200 ? (body as Body) : { error: (body as Body).__type };
}

describe('a secret', () => {
  it('is created, read, replaced and described', async () => {
    const created = await call('CreateSecret', { Name: 'a/b', SecretString: 'one', Description: 'first' });
    expect(created.ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:a\/b-[A-Za-z0-9]{6}$/);
    expect(await call('GetSecretValue', { SecretId: 'a/b' })).toMatchObject({
      Name: 'a/b',
      SecretString: 'one',
      VersionStages: ['AWSCURRENT'],
    });

    const replaced = await call('PutSecretValue', { SecretId: created.ARN, SecretString: 'two' });
    expect(await call('GetSecretValue', { SecretId: 'a/b' })).toMatchObject({ SecretString: 'two' });
    expect(await call('GetSecretValue', { SecretId: 'a/b', VersionStage: 'AWSPREVIOUS' })).toMatchObject({
      SecretString: 'one',
      VersionId: created.VersionId,
    });
    expect(await call('DescribeSecret', { SecretId: 'a/b' })).toMatchObject({
      Description: 'first',
      VersionIdsToStages: {
        [created.VersionId as string]: ['AWSPREVIOUS'],
        [replaced.VersionId as string]: ['AWSCURRENT'],
      },
    });
  });

  it('is found by its ARN with and without the random end', async () => {
    const { ARN } = await call('CreateSecret', { Name: 'a', SecretString: 'x' });
    const partial = (ARN as string).slice(0, -7);
    for (const SecretId of [ARN, partial]) {
      expect(await call('GetSecretValue', { SecretId })).toMatchObject({ SecretString: 'x' });
    }
  });

  it('may be without a value until one is put', async () => {
    await call('CreateSecret', { Name: 'a' });
    expect(await call('GetSecretValue', { SecretId: 'a' })).toEqual({ error: 'ResourceNotFoundException' });
    await call('UpdateSecret', { SecretId: 'a', SecretBinary: 'AAEC' });
    expect(await call('GetSecretValue', { SecretId: 'a' })).toMatchObject({ SecretBinary: 'AAEC' });
  });

  it('is created once, however often the request is repeated', async () => {
    const request = { Name: 'a', SecretString: 'x', ClientRequestToken: 'token' };
    const created = await call('CreateSecret', request);
    expect(await call('CreateSecret', request)).toEqual(created);
    expect(await call('CreateSecret', { ...request, SecretString: 'y' })).toEqual({ error: 'ResourceExistsException' });
    expect(await call('CreateSecret', { Name: 'a', SecretString: 'x' })).toEqual({ error: 'ResourceExistsException' });
  });

  it('keeps the value of a version', async () => {
    const put = { SecretId: 'a', SecretString: 'y', ClientRequestToken: 'token' };
    await call('CreateSecret', { Name: 'a', SecretString: 'x' });
    const first = await call('PutSecretValue', put);
    expect(await call('PutSecretValue', put)).toEqual(first);
    expect(await call('PutSecretValue', { ...put, SecretString: 'z' })).toEqual({ error: 'ResourceExistsException' });
  });
});

describe('the deletion of a secret', () => {
  beforeEach(() => call('CreateSecret', { Name: 'a', SecretString: 'x' }));

  it('is at once when it is forced, and may be repeated', async () => {
    const force = { SecretId: 'a', ForceDeleteWithoutRecovery: true };
    expect(await call('DeleteSecret', force)).toMatchObject({ Name: 'a' });
    expect(await call('GetSecretValue', { SecretId: 'a' })).toEqual({ error: 'ResourceNotFoundException' });
    expect(await call('DeleteSecret', force)).not.toHaveProperty('error');
    expect(await call('CreateSecret', { Name: 'a', SecretString: 'y' })).not.toHaveProperty('error');
  });

  it('otherwise marks it, until it is restored or the time is over', async () => {
    const { DeletionDate } = await call('DeleteSecret', { SecretId: 'a', RecoveryWindowInDays: 7 });
    expect(DeletionDate).toBe((now + 7 * day) / 1000);
    for (const operation of ['GetSecretValue', 'PutSecretValue', 'UpdateSecret', 'DeleteSecret']) {
      expect(await call(operation, { SecretId: 'a', SecretString: 'y' })).toEqual({ error: 'InvalidRequestException' });
    }
    expect(await call('CreateSecret', { Name: 'a', SecretString: 'y' })).toEqual({ error: 'InvalidRequestException' });
    expect(await call('DescribeSecret', { SecretId: 'a' })).toMatchObject({ DeletedDate: DeletionDate });

    await call('RestoreSecret', { SecretId: 'a' });
    expect(await call('GetSecretValue', { SecretId: 'a' })).toMatchObject({ SecretString: 'x' });

    await call('DeleteSecret', { SecretId: 'a' });
    now += 31 * day;
    expect(await call('DescribeSecret', { SecretId: 'a' })).toEqual({ error: 'ResourceNotFoundException' });
    expect(await call('CreateSecret', { Name: 'a', SecretString: 'y' })).not.toHaveProperty('error');
  });
});

describe('the list of secrets', () => {
  const names = async (input: Body): Promise<string[][]> => {
    const pages: string[][] = [];
    let next: Body = {};
    do {
      const { SecretList, NextToken } = await call('ListSecrets', { ...input, ...next });
      pages.push((SecretList as { Name: string }[]).map(({ Name }) => Name));
      next = { NextToken };
    } while (next.NextToken !== undefined);
    return pages;
  };
  const named = (...Values: string[]) => ({ Filters: [{ Key: 'name', Values }] });

  beforeEach(async () => {
    for (const Name of ['p/b/2', 'p/a/1', 'p/b/1', 'P/b/3', 'q'])
      await call('CreateSecret', { Name, SecretString: Name });
    await call('CreateSecret', { Name: 'p/b/gone', SecretString: 'x' });
    await call('DeleteSecret', { SecretId: 'p/b/gone' });
  });

  const lists: [why: string, input: Body, pages: string[][]][] = [
    ['all', {}, [['P/b/3', 'p/a/1', 'p/b/1', 'p/b/2', 'q']]],
    ['those with a prefix, by letter case', named('p/b/'), [['p/b/1', 'p/b/2']]],
    ['those with one of some prefixes', named('q', 'p/a'), [['p/a/1', 'q']]],
    ['those without a prefix', named('!p/'), [['P/b/3', 'q']]],
    ['nothing', named('x'), [[]]],
    [
      'marked ones too when asked to',
      { ...named('p/b/'), IncludePlannedDeletion: true },
      [['p/b/1', 'p/b/2', 'p/b/gone']],
    ],
    ['pages', { ...named('p/'), MaxResults: 2 }, [['p/a/1', 'p/b/1'], ['p/b/2']]],
    ['full pages without an empty one behind', { ...named('p/b/'), MaxResults: 2 }, [['p/b/1', 'p/b/2']]],
  ];

  it.each(lists)('holds %s', async (_why, input, pages) => {
    expect(await names(input)).toEqual(pages);
  });

  it('refuses a filter it does not have, and a token that is none', async () => {
    expect(await call('ListSecrets', { Filters: [{ Key: 'tag-key', Values: ['x'] }] })).toEqual({
      error: 'ValidationException',
    });
    expect(await call('ListSecrets', { NextToken: '*' })).toEqual({ error: 'InvalidNextTokenException' });
  });

  it('is read in batches, with what cannot be read beside', async () => {
    expect(await call('BatchGetSecretValue', { SecretIdList: ['q', 'absent', 'p/b/gone'] })).toMatchObject({
      SecretValues: [{ Name: 'q', SecretString: 'q' }],
      Errors: [
        { SecretId: 'absent', ErrorCode: 'ResourceNotFoundException' },
        { SecretId: 'p/b/gone', ErrorCode: 'InvalidRequestException' },
      ],
    });
    expect(await call('BatchGetSecretValue', named('p/b/'))).toMatchObject({
      SecretValues: [{ Name: 'p/b/1' }, { Name: 'p/b/2' }],
      Errors: [],
    });
  });
});

describe('a request that does not fit', () => {
  const requests: [operation: string, input: Body, error: string][] = [
    ['CreateSecret', { Name: 'a b', SecretString: 'x' }, 'ValidationException'],
    ['CreateSecret', { Name: '__proto__ ', SecretString: 'x' }, 'ValidationException'],
    ['CreateSecret', { Name: 'a', SecretString: 'x', SecretBinary: 'AA==' }, 'InvalidParameterException'],
    ['PutSecretValue', { SecretId: 'absent', SecretString: 'x' }, 'ResourceNotFoundException'],
    ['GetSecretValue', {}, 'ResourceNotFoundException'],
    ['DeleteSecret', { SecretId: 'absent' }, 'ResourceNotFoundException'],
    ['DeleteSecret', { SecretId: 'absent', RecoveryWindowInDays: 3 }, 'InvalidParameterException'],
    [
      'DeleteSecret',
      { SecretId: 'a', RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true },
      'InvalidParameterException',
    ],
    ['BatchGetSecretValue', {}, 'InvalidParameterException'],
    ['RotateSecret', { SecretId: 'a' }, 'UnknownOperationException'],
  ];

  it.each(requests)('%s %j is answered %s', async (operation, input, error) => {
    expect(await call(operation, input)).toEqual({ error });
  });
});
