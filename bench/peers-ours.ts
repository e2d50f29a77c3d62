import { startEndpoint } from '../local/endpoint';
import { report } from './peers-server';

/** Our local endpoint with its data in a folder: gateway, authorizer, functions and engine in one process. */
async function main([data = '']: readonly string[]): Promise<void> {
  const endpoint = await startEndpoint({ data, profile: 'standard' });
  report(await endpoint.firstTenant());
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
