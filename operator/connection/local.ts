import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, type Json } from '../../lambda/scim/json';
import { OperatorError } from '../error';
import type { DeploymentFacts } from './facts';

/** Default data folder and URL of `npm start`. */
const defaultFolder = '.scim';
const defaultUrl = 'http://127.0.0.1:7644';

/**
 * Finds a local endpoint by its URL or its data folder, and gets its facts from it.
 * @throws OperatorError if there is no endpoint, or something else is listening there
 */
export async function findLocal(place: string | true): Promise<DeploymentFacts> {
  const url = await urlOf(place);
  const answer = await fetch(new URL('/', url))
    .then((response) => response.json() as Promise<Json>)
    .catch((error: Error) => {
      const notRunning = error.message === 'fetch failed';
      throw new OperatorError(
        notRunning
          ? `There is no local endpoint at ${url}: start it with "npm start", or pass --local its URL or data folder.`
          : noEndpoint(url),
      );
    });
  if (!isFacts(answer)) throw new OperatorError(noEndpoint(url));
  return answer;
}

async function urlOf(place: string | true): Promise<string> {
  if (place === true) return (await readUrl(defaultFolder)) ?? defaultUrl;
  if (/^https?:\/\//.test(place) && URL.canParse(place)) return place;
  const url = await readUrl(place);
  if (url) return url;
  throw new OperatorError(
    `${place} is neither a URL (http://…) nor the data folder of a local endpoint: check --local.`,
  );
}

/** A local endpoint writes its URL to its data folder. */
async function readUrl(folder: string): Promise<string | undefined> {
  return await readFile(join(folder, 'url'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}

function isFacts(answer: Json): answer is Json & DeploymentFacts {
  if (!isObject(answer)) return false;
  const { baseUrlPattern, directoryTable, membershipsTable, secretPrefix, client } = answer;
  const texts = [baseUrlPattern, directoryTable, membershipsTable, secretPrefix];
  return texts.every((text) => typeof text === 'string') && isObject(client);
}

const noEndpoint = (url: string) => `The server at ${url} is not a local endpoint: check --local.`;
