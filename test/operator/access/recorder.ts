import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { EndpointOptions } from '../../../local/endpoint';
import type { DeploymentFacts } from '../../../operator/connection/facts';
import { type LocalEndpoint, startLocal } from '../../cli/local-endpoint';
import { type Access, accessesOf } from '../../permissions/accesses';

/** A local endpoint that records the AWS calls of `scim-admin`, and has the API keys of a deployment. */
export interface Recorder {
  readonly endpoint: LocalEndpoint;
  /** The data folder for `--data`. */
  readonly data: string;
  /** The calls since the list was last emptied. */
  readonly accesses: Access[];
  /** Configuration of clients that are not recorded. */
  readonly client: DeploymentFacts['client'];
  close(): Promise<void>;
}

/** The API keys that API Gateway would have, by name. */
const keys = new Map<string, string>();

/** The calls of API Gateway that `scim-admin` uses. */
function gatewayAnswer(method: string, { pathname, searchParams }: URL, body: string): object {
  if (method === 'POST' && pathname === '/apikeys') {
    const { name } = JSON.parse(body) as { name: string };
    keys.set(name, `id${keys.size}`);
    return { id: keys.get(name) };
  }
  const found = [...keys].filter(([name]) => name.startsWith(searchParams.get('name') ?? ''));
  return { item: found.map(([name, id]) => ({ name, id })) };
}

export async function startRecorder(options: EndpointOptions = {}): Promise<Recorder> {
  const endpoint = await startLocal(options);
  const facts = JSON.parse(await readFile(join(endpoint.data, 'connection.json'), 'utf8')) as DeploymentFacts;
  const accesses: Access[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { method = '', url = '/', headers } = request;
    const target = headers['x-amz-target'];
    if (target === undefined) {
      const path = new URL(url, 'http://gateway');
      // The connection is tried before it is used, without a signature.
      if (headers.authorization) accesses.push({ action: `apigateway:${method}`, resource: path.pathname, keys: [] });
      const answer = JSON.stringify(gatewayAnswer(method, path, body.toString()));
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(answer);
      return;
    }
    accesses.push(...accessesOf(String(target), JSON.parse(body.toString())));
    const { host: _host, connection: _connection, 'content-length': _length, ...sent } = headers;
    const forwarded = await fetch(new URL(url, facts.client.endpoint), {
      method,
      headers: sent as Record<string, string>,
      body,
    });
    response.writeHead(forwarded.status, { 'Content-Type': forwarded.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await forwarded.arrayBuffer()));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const data = await mkdtemp(join(tmpdir(), 'scim-recorder-'));
  const client = { ...facts.client, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  const usagePlans = { low: 'low', standard: 'standard', high: 'high' };
  await writeFile(join(data, 'connection.json'), JSON.stringify({ ...facts, usagePlans, client }));
  return {
    endpoint,
    data,
    accesses,
    client: facts.client,
    async close() {
      server.closeAllConnections();
      await once(server.close(), 'close');
      await endpoint.close();
      await rm(data, { recursive: true });
    },
  };
}
