import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../error';
import type { DeploymentFacts } from './facts';

/** The default data folder of `npm start`. */
const defaultFolder = '.scim';

/** The file in a data folder that says how to reach the endpoint that runs on it. It holds an access key. */
export const connectionFile = 'connection.json';

/** Finds the local endpoint that runs on a data folder. @throws OperatorError when there is none */
export async function findLocal(place: string | true): Promise<DeploymentFacts> {
  const folder = place === true ? defaultFolder : place;
  const text = await readFile(join(folder, connectionFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw notRunning(folder);
    throw new OperatorError(`${join(folder, connectionFile)} cannot be read: ${error.message}.`);
  });
  const facts = JSON.parse(text) as DeploymentFacts;
  // An endpoint that was killed leaves its file behind.
  await fetch(facts.client.endpoint ?? '').catch(() => {
    throw notRunning(folder);
  });
  return facts;
}

const notRunning = (folder: string) =>
  new OperatorError(
    `No local endpoint runs on the data folder ${folder}: start it, or use the folder of one that runs. An endpoint that keeps its data in memory has no folder and cannot be reached.`,
    { remedy: { operation: 'start endpoint' } },
  );
