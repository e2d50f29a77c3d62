import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkTls } from '../../../cli/doctor/tls';

test('plain http has no TLS to look at', async () => {
  expect(await checkTls('http://127.0.0.1:1/scim/v2', new Date())).toEqual([]);
});

test('a port where nothing listens is told from one that speaks no TLS', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const [speaksNone] = await checkTls(`https://127.0.0.1:${port}/scim/v2`, new Date());
  expect(speaksNone).toMatchObject({ verdict: 'failed', cure: 'Check host, port and certificate.' });
  server.closeAllConnections();
  await once(server.close(), 'close');
  const [nobody] = await checkTls(`https://127.0.0.1:${port}/scim/v2`, new Date());
  expect(nobody).toMatchObject({
    verdict: 'failed',
    found: [expect.stringContaining('ECONNREFUSED')],
    cure: 'Check host and port, and whether the endpoint is running.',
  });
});
