import { startEndpoint } from '../local/endpoint';
import { answerMessages } from './profile-child';

/** The local endpoint in this process, its data in the folder that is the argument, as `npm start` runs it. */
async function main([data = '']: readonly string[]): Promise<void> {
  const endpoint = await startEndpoint({ data, profile: 'standard', log: () => {} });
  answerMessages(await endpoint.firstTenant(), undefined, endpoint.settled);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
