import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callerOf } from '../console/client';
import { admin } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';

let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startLocal();
});

afterAll(() => endpoint.close());

/** Runs the command until `use` has used its output. */
async function withConsole(args: readonly string[], use: (output: string) => Promise<void>) {
  const interruption = new AbortController();
  let used: Promise<void> | undefined;
  const ran = await admin(['console', '--no-open', '--data', endpoint.data, ...args], {
    interrupted: interruption.signal,
    onOutput: (output) => {
      used ??= use(output).finally(() => interruption.abort());
    },
  });
  await used;
  return ran;
}

test('it prints the address and what it works on, answers, and ends when it is interrupted', async () => {
  let address = '';
  const { code, err } = await withConsole([], async (output) => {
    expect(output).toMatch(
      /^Console +http:\/\/127\.0\.0\.1:\d+\/#secret=[\w-]{43}\nWorks on +the endpoint at http:\/\/127\.0\.0\.1:\d+, data in \S+\nStop +Ctrl-C\n$/,
    );
    address = /http\S+/.exec(output)?.[0] ?? '';
    expect(await callerOf(address)('tenants.list', {})).toMatchObject({ total: 0 });
  });
  expect([code, err]).toEqual([0, '']);
  await expect(fetch(address)).rejects.toThrow();
});

test('with --json a program can read the address', async () => {
  await withConsole(['--json'], async (output) => {
    expect(JSON.parse(output)).toMatchObject({
      address: expect.stringContaining('/#secret='),
      place: { local: { folder: endpoint.data } },
    });
  });
});

test('each start has another secret', async () => {
  const secrets = new Set<string>();
  for (let start = 0; start < 2; start++) {
    await withConsole([], async (output) => {
      secrets.add(/#secret=(\S+)/.exec(output)?.[1] ?? '');
    });
  }
  expect(secrets.size).toBe(2);
});

test('a port that is in use is named', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const { code, err } = await admin(['console', '--no-open', '--data', endpoint.data, '--port', String(port)]);
  other.close();
  expect(code).toBe(1);
  expect(err).toBe(
    `scim-admin: The port ${port} is in use by another program: choose another one, or 0 for any free port.\n`,
  );
});

test.each(['-1', '65536', 'x', '80.5'])('--port %s is a mistake', async (port) => {
  const { code, err } = await admin(['console', '--no-open', '--data', endpoint.data, `--port=${port}`]);
  expect([code, err]).toEqual([2, expect.stringContaining('Use a number from 0 to 65535')]);
});
