import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Endpoint, type EndpointOptions, startEndpoint } from '../../local/endpoint';

/** An endpoint with a data folder, which `--data` takes. */
export interface LocalEndpoint extends Endpoint {
  readonly data: string;
}

/** Starts an endpoint on a data folder of its own, which is deleted when it is closed. */
export async function startLocal(options: EndpointOptions = {}): Promise<LocalEndpoint> {
  const folder = await mkdtemp(join(tmpdir(), 'scim-local-'));
  const data = join(folder, 'data');
  const endpoint = await startEndpoint({ events: false, ...options, data });
  return {
    ...endpoint,
    data,
    async close() {
      await endpoint.close();
      await rm(folder, { recursive: true });
    },
  };
}
