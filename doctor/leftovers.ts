import { isTestName, testDomain } from '../lambda/directory/test-domain';
import { isArray, isObject, type Json, type JsonObject } from '../traffic/json';
import type { Patient } from './play';
import type { Check } from './verdict';

/** A younger one may belong to a run of somebody else that has not ended, in milliseconds. */
const ownAge = 10 * 60_000;

/** How far back a search by the time of change goes, in milliseconds. */
const lookBack = 90 * 24 * 3_600_000;

const kinds = [
  { collection: 'Users', attribute: 'userName' },
  { collection: 'Groups', attribute: 'displayName' },
] as const;

type Kind = (typeof kinds)[number];

/**
 * Deletes the test users and groups that an earlier run left because it was ended by force.
 * @param now the time by which they are older than any run
 */
export async function sweepLeftovers(
  patient: Patient,
  now: Date,
  onCheck: (check: Check) => void,
): Promise<readonly Check[]> {
  const swept = [];
  for (const kind of kinds) swept.push(await sweep(kind, patient, now));
  const deleted = swept.flatMap((one) => one.deleted);
  const problems = swept.flatMap((one) => one.problems);
  const check = { ...describe(deleted, problems), title: 'Test data' };
  onCheck(check);
  return [check];
}

function describe(deleted: readonly string[], problems: readonly string[]): Omit<Check, 'title'> {
  const matters = 'A run that is ended by force cannot delete its test users and groups.';
  const found = [...deleted.map((url) => `deleted ${url}`), ...problems];
  if (problems.length > 0) {
    const cure = `Delete users and groups whose name ends with ${testDomain} by hand, if there are any.`;
    return { name: 'an earlier run may have left some', verdict: 'note', found, matters, cure };
  }
  if (deleted.length === 0) {
    return { name: 'nothing is left by an earlier run', verdict: 'ok', found, matters, cure: '' };
  }
  const name = `${deleted.length} left by an earlier run are deleted`;
  return { name, verdict: 'note', found, matters, cure: 'Nothing: they are gone.' };
}

async function sweep(kind: Kind, patient: Patient, now: Date) {
  const found = await find(kind, patient, now);
  if ('problem' in found) return { deleted: [], problems: [found.problem] };
  const deleted: string[] = [];
  for (const url of found.urls) if (await isDeleted(patient, url)) deleted.push(url);
  const kept = found.urls.filter((url) => !deleted.includes(url));
  return { deleted, problems: kept.map((url) => `it does not delete ${url}`) };
}

type Found = { readonly urls: readonly string[] } | { readonly problem: string };

/** A search of a large directory may be refused unless it is narrowed by an attribute with an index. */
async function find({ collection, attribute }: Kind, patient: Patient, now: Date): Promise<Found> {
  const byName = `${attribute} ew "${testDomain}"`;
  const since = new Date(now.getTime() - lookBack).toISOString();
  let problem = '';
  for (const filter of [byName, `meta.lastModified gt "${since}" and ${byName}`]) {
    const query = `filter=${encodeURIComponent(filter)}&excludedAttributes=members&count=200`;
    const answer = await send(patient, 'GET', `${patient.baseUrl}/${collection}?${query}`);
    if (!('noAnswer' in answer) && answer.status === 200) {
      const ours = resourcesIn(answer.text).filter((one) => isTestName(one[attribute]) && isOld(one, now));
      return { urls: ours.map(({ id }) => `${patient.baseUrl}/${collection}/${encodeURIComponent(String(id))}`) };
    }
    problem = `GET /${collection}?filter=${filter}: ${'noAnswer' in answer ? answer.noAnswer : answer.status}`;
  }
  return { problem };
}

function isOld({ meta }: JsonObject, now: Date): boolean {
  const created = isObject(meta) ? Date.parse(String(meta.created)) : Number.NaN;
  return !(created > now.getTime() - ownAge);
}

async function isDeleted(patient: Patient, url: string): Promise<boolean> {
  const answer = await send(patient, 'DELETE', url);
  return !('noAnswer' in answer) && [200, 202, 204, 404].includes(answer.status);
}

function send({ token, send: sendTo }: Patient, method: string, url: string) {
  return sendTo({ method, url, headers: { Authorization: `Bearer ${token}`, Accept: 'application/scim+json' } });
}

function resourcesIn(text: string): readonly JsonObject[] {
  try {
    const list = JSON.parse(text) as Json;
    const resources = isObject(list) ? list.Resources : undefined;
    return isArray(resources) ? resources.filter(isObject) : [];
  } catch {
    return [];
  }
}
