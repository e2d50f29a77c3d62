import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, type Json } from '../../lambda/scim/json';
import { OperatorError } from '../error';
import type { DeploymentFacts } from './facts';

/** Where `npm start` keeps its data, and where it listens, unless it is told otherwise. */
const defaultFolder = '.scim';
const defaultUrl = 'http://127.0.0.1:7644';

/**
 * Finds a local endpoint, by its URL or by the data folder it runs on, and asks it what there is to know of it.
 * @throws OperatorError when nothing, or something else, answers there
 */
export async function findLocal(place: string | true): Promise<DeploymentFacts> {
  const url = await urlOf(place);
  const answer = await fetch(new URL('/', url))
    .then((response) => response.json() as Promise<Json>)
    .catch((error: Error) => {
      const notRunning = error.message === 'fetch failed';
      throw new OperatorError(
        notRunning
          ? `No local endpoint answers at ${url}: start it with "npm start", or give --local its URL or data folder.`
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

/** A local endpoint notes in its data folder where it listens. */
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

const noEndpoint = (url: string) => `What answers at ${url} is no local endpoint: check --local.`;
