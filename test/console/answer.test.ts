import { answerCall } from '../../console/answer';
import { sourceOf } from '../../console/source';
import type { Deployment } from '../../operator/connection/open';
import { OperatorError } from '../../operator/error';
import type { TenantServices } from '../../operator/tenants/tenant-services';

const place = { aws: { account: '123456789012', region: 'eu-west-1', stack: 'ServerlessScim' } };

/** A deployment whose every read of tenants fails so. */
function failing(failure: Error, closed: () => void): Deployment {
  const services = {
    get tenants(): never {
      throw failure;
    },
  };
  return { services: services as Partial<TenantServices>, close: closed } as Deployment;
}

async function answerOf(failure: Error) {
  const seen = { connected: 0, closed: 0, logged: 0 };
  const source = sourceOf(place, async () => {
    seen.connected += 1;
    return failing(failure, () => {
      seen.closed += 1;
    });
  });
  const call = () =>
    answerCall(source, 'tenants.list', '{}', () => {
      seen.logged += 1;
    });
  const answers = [await call(), await call()];
  return { answer: answers[1], seen };
}

const named = (name: string, message = 'what AWS says') => Object.assign(new Error(message), { name });

test.each(['ExpiredTokenException', 'ExpiredToken', 'TokenProviderError', 'CredentialsProviderError'])(
  '%s says what to do, and the next call takes new credentials',
  async (name) => {
    const { answer, seen } = await answerOf(named(name));
    expect(answer).toMatchObject({
      status: 502,
      body: { error: { code: 'credentials', remedy: { text: expect.stringContaining('aws sso login') } } },
    });
    expect(seen).toEqual({ connected: 2, closed: 2, logged: 0 });
  },
);

test('a missing permission is named, with where to get the policy', async () => {
  const message =
    'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:x because';
  const { answer, seen } = await answerOf(named('AccessDeniedException', message));
  expect(answer).toMatchObject({
    status: 403,
    body: {
      error: {
        code: 'permission',
        message: expect.stringContaining('may not do dynamodb:Query'),
        remedy: { text: expect.stringContaining('policies operator') },
      },
    },
  });
  expect(seen).toEqual({ connected: 1, closed: 0, logged: 0 });
});

test('an error of an operation has the same text as in a command, and its remedy names a screen', async () => {
  const failure = new OperatorError('Tenant acme has no client: create one.', {
    remedy: { operation: 'create client', values: { tenant: 'acme' } },
  });
  expect((await answerOf(failure)).answer).toEqual({
    status: 409,
    body: {
      error: {
        code: 'refused',
        message: 'Tenant acme has no client: create one.',
        remedy: { text: 'Create a client.', to: { screen: 'credentials', tenant: 'acme' } },
      },
    },
  });
});

test('what nobody expected is logged, without its stack in the answer', async () => {
  const { answer, seen } = await answerOf(new TypeError('strange\n    at somewhere'));
  expect(answer).toEqual({
    status: 500,
    body: { error: { code: 'unexpected', message: 'Unexpected: TypeError: strange' } },
  });
  expect(seen.logged).toBe(2);
});

test('a connection that fails is tried again', async () => {
  let attempts = 0;
  const source = sourceOf(place, async () => {
    attempts += 1;
    throw named('CredentialsProviderError');
  });
  for (let call = 0; call < 2; call++) {
    expect(await answerCall(source, 'tenants.list', '{}', () => undefined)).toMatchObject({ status: 502 });
  }
  expect(attempts).toBe(2);
});
