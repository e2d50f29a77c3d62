import { randomUUID } from 'node:crypto';
import type { Service } from '../../local/aws-requests';
import { type Database, openDatabase } from '../../local/engine/database';
import { createSecretsManager } from '../../local/secrets-manager';

type Body = Record<string, unknown>;

let database: Database;
let secrets: Service;

beforeEach(async () => {
  database = await openDatabase(undefined);
  secrets = createSecretsManager(database);
});

afterEach(() => database.close());

/** The result of an operation, or the type of its error. A new secret has a token, as every SDK sends one. */
async function call(operation: string, sent: Body): Promise<Body> {
  const input = 'SecretString' in sent ? { ClientRequestToken: randomUUID(), ...sent } : sent;
  const { status, body } = await secrets.call(`secretsmanager.${operation}`, input);
  return status === 200 ? (body as Body) : { error: (body as Body).__type };
}

describe('a secret', () => {
  it('is created, read and replaced', async () => {
    const created = await call('CreateSecret', { Name: 'a/b', SecretString: 'one' });
    expect(created.ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:a\/b-[A-Za-z0-9]{6}$/);
    expect(await call('GetSecretValue', { SecretId: 'a/b' })).toMatchObject({ Name: 'a/b', SecretString: 'one' });
    await call('PutSecretValue', { SecretId: 'a/b', SecretString: 'two' });
    expect(await call('GetSecretValue', { SecretId: 'a/b' })).toMatchObject({ SecretString: 'two' });
  });

  it('is created once, however often the request is repeated', async () => {
    const request = { Name: 'a', SecretString: 'x', ClientRequestToken: 'token' };
    const created = await call('CreateSecret', request);
    expect(await call('CreateSecret', request)).toEqual(created);
    expect(await call('CreateSecret', { ...request, SecretString: 'y' })).toEqual({ error: 'ResourceExistsException' });
    expect(await call('CreateSecret', { Name: 'a', SecretString: 'x' })).toEqual({ error: 'ResourceExistsException' });
  });

  it('is deleted at once, and may be deleted again', async () => {
    const force = { SecretId: 'a', ForceDeleteWithoutRecovery: true };
    await call('CreateSecret', { Name: 'a', SecretString: 'x' });
    expect(await call('DeleteSecret', force)).toMatchObject({ Name: 'a' });
    expect(await call('GetSecretValue', { SecretId: 'a' })).toEqual({ error: 'ResourceNotFoundException' });
    expect(await call('DeleteSecret', force)).not.toHaveProperty('error');
    expect(await call('CreateSecret', { Name: 'a', SecretString: 'y' })).not.toHaveProperty('error');
  });
});

describe('the list of secrets', () => {
  const pages = async (Filters: Body[]): Promise<string[][]> => {
    const all: string[][] = [];
    let next: Body = {};
    do {
      const { SecretList, NextToken } = await call('ListSecrets', { Filters, ...next });
      all.push((SecretList as { Name: string }[]).map(({ Name }) => Name));
      next = NextToken === undefined ? {} : { NextToken };
    } while (next.NextToken !== undefined);
    return all;
  };
  const named = (...Values: string[]) => [{ Key: 'name', Values }];
  const create = async (...Names: string[]) => {
    for (const Name of Names) await call('CreateSecret', { Name, SecretString: Name });
  };

  it.each([
    ['all, by name', [], ['P/b/3', 'p/a/1', 'p/b', 'p/b/1', 'p/b/2', 'q']],
    ['those with a prefix, by letter case', named('p/b/'), ['p/b/1', 'p/b/2']],
    ['one whose name is the prefix too', named('p/b'), ['p/b', 'p/b/1', 'p/b/2']],
    ['nothing', named('x'), []],
  ])('holds %s', async (_which, filters, names) => {
    await create('p/b/2', 'p/a/1', 'p/b/1', 'p/b', 'P/b/3', 'q');
    expect(await pages(filters)).toEqual([names]);
  });

  it('comes in pages of 100, without an empty one at the end', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `p/${String(index).padStart(3, '0')}`);
    await create(...names, 'q');
    expect(await pages(named('p/'))).toEqual([names.slice(0, 100), names.slice(100)]);
  });
});

describe('a request that the endpoint does not need', () => {
  it.each([
    ['CreateSecret', { Name: 'a b', SecretString: 'x' }, 'InvalidParameterException'],
    ['CreateSecret', { Name: '__proto__ ', SecretString: 'x' }, 'InvalidParameterException'],
    ['CreateSecret', { Name: 'a', SecretBinary: 'AA==' }, 'InvalidParameterException'],
    ['CreateSecret', { Name: 'a' }, 'InvalidParameterException'],
    ['CreateSecret', { Name: 'a', SecretString: 'x', Tags: [] }, 'InvalidParameterException'],
    ['CreateSecret', { Name: 'a', SecretString: 'x', ClientRequestToken: undefined }, 'InvalidRequestException'],
    ['PutSecretValue', { SecretId: 'absent', SecretString: 'x' }, 'ResourceNotFoundException'],
    ['GetSecretValue', {}, 'ResourceNotFoundException'],
    ['DeleteSecret', { SecretId: 'a' }, 'InvalidParameterException'],
    ['ListSecrets', { Filters: [{ Key: 'tag-key', Values: ['x'] }] }, 'InvalidParameterException'],
    ['RestoreSecret', { SecretId: 'a' }, 'UnknownOperationException'],
  ])('is refused: %s %j', async (operation, input, error) => {
    expect(await call(operation, input)).toEqual({ error });
  });
});
