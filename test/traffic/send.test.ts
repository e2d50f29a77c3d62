import { createServer } from 'node:net';
import { sendHttp } from '../../traffic/send';
import { startScriptedServer } from './scripted-server';

const get = (url: string) => sendHttp({ method: 'GET', url, headers: {} });

/** A port of this machine on which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('a refused connection is described for each address of the host, with the error as its cause', async () => {
  const answer = await get(`http://localhost:${await freePort()}/`);
  expect(answer).toEqual({ noAnswer: expect.stringContaining('ECONNREFUSED 127.0.0.1'), cause: expect.anything() });
});

test('a response that cannot be decompressed is no answer', async () => {
  const server = await startScriptedServer(() => ({
    status: 200,
    headers: { 'Content-Encoding': 'gzip' },
    body: 'not compressed',
  }));
  const answer = await get(server.baseUrl);
  await server.close();
  expect(answer).toMatchObject({ noAnswer: 'incorrect header check', cause: { code: 'Z_DATA_ERROR' } });
});
