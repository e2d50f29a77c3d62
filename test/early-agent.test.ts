import { once } from 'node:events';
import { createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { EarlyAgent } from '../lambda/connection';
import { makeCertificate } from './oauth/certificate';

const host = 'localhost';
const { cert, key } = makeCertificate(host);
let server: Server;
let port: number;
let connections: number;
let agent: EarlyAgent;

beforeEach(async () => {
  connections = 0;
  server = createServer({ cert, key }, (_, response) => response.end('answer'));
  server.on('secureConnection', () => connections++);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ({ port } = server.address() as AddressInfo);
  agent = new EarlyAgent({ ca: cert, keepAlive: true });
});

afterEach(async () => {
  agent.destroy();
  server.closeAllConnections();
  await once(server.close(), 'close');
});

function get(from = { host, port }): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ ...from, agent }, (response) => resolve(text(response)))
      .on('error', reject)
      .end();
  });
}

test.each([
  ['that is ready', true],
  ['that is not ready yet', false],
])('the first request takes a connection %s, and the second one takes it again', async (_, ready) => {
  const connected = once(server, 'secureConnection');
  agent.open(host, port);
  if (ready) await connected;
  expect([await get(), await get(), connections]).toEqual(['answer', 'answer', 1]);
});

test('of two first requests at the same time, one opens its own connection', async () => {
  agent.open(host, port);
  expect([...(await Promise.all([get(), get()])), connections]).toEqual(['answer', 'answer', 2]);
});

test('a connection that the server has closed is not taken', async () => {
  const connected = once(server, 'secureConnection');
  agent.open(host, port);
  await connected;
  server.closeAllConnections();
  await sleep(50);
  expect([await get(), connections]).toEqual(['answer', 2]);
});

test('where no connection can be opened, the request fails with its own error', async () => {
  agent.open(host, 1);
  await sleep(50);
  await expect(get({ host, port: 1 })).rejects.toThrow();
  expect([await get(), connections]).toEqual(['answer', 1]);
});
