import { deepStrictEqual } from 'node:assert/strict';
import { type ScimPatchOperation, type ScimResource, scimPatch } from 'scim-patch';
import { filter as peerFilter, parse as peerParse } from 'scim2-parse-filter';
import { evaluate } from '../lambda/scim/filter/evaluate';
import { parseFilter } from '../lambda/scim/filter/parse';
import { resolveFilter } from '../lambda/scim/filter/resolve';
import type { JsonObject } from '../lambda/scim/json';
import { applyPatch } from '../lambda/scim/patch/apply';
import { parsePatch } from '../lambda/scim/patch/operations';
import { normaliseResource } from '../lambda/scim/resource/normalise';
import { parseProjection, project } from '../lambda/scim/resource/project';
import { represent } from '../lambda/scim/resource/represent';
import { validateResource } from '../lambda/scim/resource/validate';
import { resourceView } from '../lambda/scim/schema/view';
import { patchBody, userBody } from '../test/directory/requests';
import { machine } from './figures';

/**
 * Measures the engine in operations per second, side by side with scim2-parse-filter and scim-patch where they do the same;
 * each pair is first checked to give the same result. Prints a Markdown table.
 */
const view = resourceView('standard', 'User');
const rounds = 60;
const roundMilliseconds = 8;

/** Operations per second over one round. */
function rate(work: () => unknown): number {
  const start = performance.now();
  let calls = 0;
  while (performance.now() - start < roundMilliseconds) {
    work();
    calls++;
  }
  return (calls * 1000) / (performance.now() - start);
}

/** Ours and the peer's take turns; the best round of each counts, because other load only makes rounds slower. */
function compare(name: string, ours: () => unknown, peer?: () => unknown): void {
  const rates = Array.from({ length: rounds }, () => [rate(ours), peer ? rate(peer) : 0] as const);
  const [our, other] = [Math.max(...rates.map(([first]) => first)), Math.max(...rates.map(([, second]) => second))];
  const show = (figure: number) => Math.round(figure).toLocaleString('en');
  console.log(`| ${name} | ${show(our)} | ${peer ? `${show(other)} | ${(our / other).toFixed(1)}` : '– | –'} |`);
}

const users = Array.from({ length: 10_000 }, (_, at) => {
  const user = normaliseResource(view, userBody(`user${at}`, { active: at % 10 !== 0 }));
  const times = { created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' };
  return represent(view, { id: String(at), version: 1, ...times, resource: user, baseUrl: 'https://scim.example.com' });
});

const filters = [
  'userName eq "user5000@example.com"',
  'userName co "99"',
  'emails[type eq "work" and value ew "7@example.com"]',
  'not (active eq true) or name.familyName sw "F9"',
];

const patches: readonly (readonly [string, JsonObject])[] = [
  ['replace active', { op: 'replace', path: 'active', value: false }],
  ['replace a work email', { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@example.com' }],
  ['add an email', { op: 'add', path: 'emails', value: [{ type: 'home', value: 'home@example.com' }] }],
];

function patching(name: string, operation: JsonObject): void {
  const { schemas, id, meta, ...resource } = users[0] ?? {};
  const body = patchBody(operation);
  const ours = () => applyPatch(view, resource, parsePatch(view, body));
  const document = { schemas, id, meta, ...resource } as unknown as ScimResource;
  const operations = [operation] as unknown as ScimPatchOperation[];
  const peer = () => scimPatch(document, operations, { mutateDocument: false });
  const { schemas: _schemas, id: _id, meta: _meta, ...patched } = peer() as unknown as JsonObject;
  deepStrictEqual(ours(), patched);
  compare(`PATCH: ${name}`, ours, peer);
}

console.log(`${machine()}\n\n| operations per second | ours | peer | ours : peer |\n| --- | --- | --- | --- |`);
for (const text of filters) {
  compare(
    `parse \`${text}\``,
    () => parseFilter(text),
    () => peerParse(text),
  );
}
for (const text of filters) {
  const bound = resolveFilter(view, parseFilter(text));
  const test = peerFilter(peerParse(text));
  const [ours, peer] = [() => users.filter((user) => evaluate(bound, user)), () => users.filter(test)];
  deepStrictEqual(ours(), peer());
  compare(`10,000 users by \`${text}\``, ours, peer);
}
for (const [name, operation] of patches) patching(name, operation);

const [user = {}] = users;
const normalised = normaliseResource(view, userBody('anna'));
const projection = parseProjection(view, 'userName,emails.value', undefined);
compare('normalise a user', () => normaliseResource(view, userBody('anna')));
compare('validate a user', () => validateResource(view, normalised));
compare('project a user', () => project(view, user, projection));
