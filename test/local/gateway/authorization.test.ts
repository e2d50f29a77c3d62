import type { LambdaFunction } from '../../../local/invoke';
import { allowAll, type Functions, policy, type Served, serve } from './serve';

let served: Served | undefined;

afterEach(() => served?.close());

async function open(authorizer: () => unknown, more: Functions = {}) {
  served = await serve({ ...more, authorizer: (async () => await authorizer()) as LambdaFunction });
  return served;
}

const users = { path: '/prod/t/scim/v2/Users', headers: { Authorization: 'Bearer x' } };
const arn = 'arn:aws:execute-api:us-east-1:000000000000:local/prod';

describe('the authorizer', () => {
  it('is invoked with the token and the method', async () => {
    const { send, authorizations } = await open(() => allowAll);
    await send({ ...users, path: '/prod/t/scim/v2/Users/a%20b?x=1', method: 'DELETE' });
    expect(authorizations).toEqual([
      { type: 'TOKEN', authorizationToken: 'Bearer x', methodArn: `${arn}/DELETE/t/scim/v2/Users/a%20b` },
    ]);
  });

  it('gives its context to the function, as strings', async () => {
    const context = { tenantId: 't', count: 2, flag: true };
    const { send, events } = await open(() => ({ ...allowAll, context }));
    await send(users);
    expect(events[0]?.requestContext.authorizer).toMatchObject({
      principalId: 'p',
      tenantId: 't',
      count: '2',
      flag: 'true',
    });
  });

  it('is not invoked without a token, and the response is 401', async () => {
    const { send, authorizations, events } = await open(() => allowAll);
    for (const headers of [{}, { Authorization: '' }]) {
      const got = await send({ path: users.path, headers });
      expect(got.status).toBe(401);
      expect(got.headers['www-authenticate']).toBe('Bearer');
      expect(got.headers['content-type']).toBe('application/scim+json');
    }
    expect(authorizations).toHaveLength(0);
    expect(events).toHaveLength(0);
  });

  it('is invoked again only after its cache TTL, and its policy is evaluated for each method', async () => {
    const allowT = { ...allowAll, policyDocument: policy('Allow', `${arn}/GET/t/*`) };
    const { send, authorizations } = await open(() => allowT, { cacheSeconds: 60 });
    const statuses = [];
    for (const path of ['/prod/t/scim/v2/Users', '/prod/t/scim/v2/Groups/1', '/prod/u/scim/v2/Users']) {
      statuses.push((await send({ ...users, path })).status);
    }
    expect(statuses).toEqual([200, 200, 403]);
    expect(authorizations).toHaveLength(1);
    await send({ ...users, headers: { Authorization: 'Bearer y' } });
    expect(authorizations).toHaveLength(2);
  });

  it('is invoked each time if the cache TTL is zero', async () => {
    const { send, authorizations } = await open(() => allowAll, { cacheSeconds: 0 });
    await send(users);
    await send(users);
    expect(authorizations).toHaveLength(2);
  });

  it('is invoked again after it refused a token', async () => {
    const { send, authorizations } = await open(
      () => {
        throw new Error('Unauthorized');
      },
      { cacheSeconds: 60 },
    );
    expect((await send(users)).status).toBe(401);
    expect((await send(users)).status).toBe(401);
    expect(authorizations).toHaveLength(2);
  });

  const verdicts: [why: string, authorizer: () => unknown, status: number][] = [
    ['allows', () => allowAll, 200],
    [
      'throws Unauthorized',
      () => {
        throw new Error('Unauthorized');
      },
      401,
    ],
    [
      'throws anything else',
      () => {
        throw new Error('unauthorized');
      },
      500,
    ],
    ['denies', () => ({ ...allowAll, policyDocument: policy('Deny', '*') }), 403],
    ['allows another method', () => ({ ...allowAll, policyDocument: policy('Allow', `${arn}/POST/*`) }), 403],
    [
      'allows a list with this method',
      () => ({ ...allowAll, policyDocument: policy('Allow', ['x', `${arn}/GET/*`]) }),
      200,
    ],
    ['allows one letter for one', () => ({ ...allowAll, policyDocument: policy('Allow', `${arn}/G?T/t/*`) }), 200],
    [
      'takes a dot as a dot',
      () => ({ ...allowAll, policyDocument: policy('Allow', `${arn}/GET/t/scim.v2/Users`) }),
      403,
    ],
    ['returns no policy', () => ({ principalId: 'p' }), 500],
    ['returns no principal', () => ({ policyDocument: policy('Allow', '*') }), 500],
    ['returns nothing', () => undefined, 500],
    ['returns a context that is not flat', () => ({ ...allowAll, context: { list: [] } }), 500],
    [
      'returns a policy with a condition',
      () => ({
        ...allowAll,
        policyDocument: {
          Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { x: 'true' } } }],
        },
      }),
      500,
    ],
    [
      'allows and denies',
      () => ({
        ...allowAll,
        policyDocument: {
          Statement: [
            { Effect: 'Allow', Action: 'execute-api:*', Resource: '*' },
            { Effect: 'Deny', Action: ['execute-api:Invoke'], Resource: `${arn}/GET/*` },
          ],
        },
      }),
      403,
    ],
  ];

  it.each(verdicts)('that %s gives the right response', async (_why, authorizer, status) => {
    const complaints = jest.spyOn(console, 'error').mockReturnValue();
    const { send, events } = await open(authorizer);
    expect((await send(users)).status).toBe(status);
    expect(events).toHaveLength(status === 200 ? 1 : 0);
    complaints.mockRestore();
  });
});
