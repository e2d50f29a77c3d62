import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { openEngine } from '../local/engine/engine';
import { tableDefinitions } from '../local/table-definitions';
import { seedTenant } from './storage-seed';
import { seedWorst } from './worst-seed';

const names = { directory: 'directory', memberships: 'memberships', activity: 'activity' };

/**
 * The embedded engine in its own process, with its data in a folder, to measure its CPU separately. Sends the parent its
 * URL; replies to the message `cpu` with the CPU time used so far, to `worst` when the data of the worst requests are there,
 * and to a number with a seeded tenant of that size.
 */
async function main([folder = '']: readonly string[]): Promise<void> {
  const engine = await openEngine({ path: folder });
  for (const definition of tableDefinitions(names)) await engine.call('DynamoDB_20120810.CreateTable', definition);
  const server = createServer(async (request, response) => {
    const { status, body } = await engine.call(
      String(request.headers['x-amz-target']),
      JSON.parse((await text(request)) || '{}'),
    );
    response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  process.on('message', async (message) => {
    const { user, system } = process.cpuUsage();
    if (message === 'cpu') process.send?.(user + system);
    else if (message === 'worst') process.send?.(await seedWorst(engine, names));
    else process.send?.(await seedTenant(engine, names, Number(message)));
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
