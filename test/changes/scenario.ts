import { randomBytes } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import { limitOf } from '../../lambda/directory/hour-count';
import { restoreActions } from '../../lambda/directory/note';
import type { Collection } from '../../lambda/directory/store';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { charge, readHourCount, writeHourCount } from '../../lambda/store/hour-counts';
import { finishSweep, sweep } from '../../lambda/store/sweep';
import type { BusEvent } from '../../local/event-bus';
import { operatorNote } from '../../operator/operator-note';
import { type Memberships, restoreResource } from '../../operator/store/restore';
import { patchBody, userBody } from '../directory/requests';
import type { Stage } from './stage';

/** A busy minute of a tenant: every kind of event, and writes that cause none. */
export interface Scenario {
  readonly tenantId: string;
  readonly directory: readonly DynamoDBRecord[];
  readonly memberships: readonly DynamoDBRecord[];
}

/** Plays the scenario in a tenant of its own, without passing records to the function. */
export async function playScenario(stage: Stage): Promise<Scenario> {
  const tenantId = randomBytes(6).toString('hex');
  const send = async (...request: [method: string, path: string, body?: object]) =>
    String(
      (await stage.send(tenantId, ...(request as Parameters<Stage['send']> extends [string, ...infer R] ? R : never)))
        .id,
    );
  const patch = (path: string, ...operations: Parameters<typeof patchBody>) =>
    send('PATCH', path, patchBody(...operations));
  stage.take();

  const users: string[] = [];
  for (const name of ['anna', 'ben', 'cleo', 'dora', 'emil']) users.push(await send('POST', '/Users', userBody(name)));
  const [anna = '', ben = '', cleo = '', dora = '', emil = ''] = users;
  const value = [anna, ben, cleo].map((id) => ({ value: id }));
  const staff = await send('POST', '/Groups', { displayName: 'Staff', members: value });
  const inner = await send('POST', '/Groups', { displayName: 'Inner', members: [{ value: dora }] });
  await patch(`/Users/${anna}`, { op: 'replace', path: 'name.familyName', value: 'Other' });
  await patch(`/Users/${ben}`, { op: 'replace', path: 'active', value: false });
  await patch(`/Users/${ben}`, { op: 'replace', path: 'active', value: true });
  await patch(`/Users/${emil}`, { op: 'replace', path: 'active', value: true });
  await patch(`/Groups/${staff}`, {
    op: 'add',
    path: 'members',
    value: [{ value: dora }, { value: inner, type: 'Group' }],
  });
  await patch(`/Groups/${staff}`, { op: 'remove', path: `members[value eq "${anna}"]` });
  await patch(`/Groups/${staff}`, { op: 'add', path: 'members', value: [{ value: anna }] });
  await patch(`/Groups/${staff}`, { op: 'replace', path: 'displayName', value: 'People' });
  await remove(stage, { tenantId, type: 'User' }, cleo);
  await remove(stage, { tenantId, type: 'Group' }, inner);
  const fay = await send('POST', '/Users', userBody('fay'));
  const spare = await send('POST', '/Groups', { displayName: 'Spare', members: [{ value: dora }] });
  const restoreFay = await remove(stage, { tenantId, type: 'User' }, fay);
  const restoreSpare = await remove(stage, { tenantId, type: 'Group' }, spare);
  await restoreFay({ groups: [staff], members: [], waiting: [] });
  await restoreSpare({ groups: [], members: [{ value: dora }], waiting: [] });
  return { tenantId, ...stage.take() };
}

/** The brake of a tenant holds changes at `now`, and an operator releases them. */
export async function playHold({ tables }: Stage, tenantId: string, now: number): Promise<void> {
  const limit = limitOf('users', 0);
  for (const key of ['many', 'more', 'again']) {
    await charge(tables, tenantId, 'brake', { counter: 'users', key, amount: limit }, { now });
  }
  const stored = await readHourCount(tables, tenantId, 'brake', 'users');
  if (!stored) throw new Error('The counter is gone.');
  const { held: _, ...free } = stored.count;
  await writeHourCount(tables, tenantId, 'brake', 'users', free, stored.version);
}

/** Deletes a resource, and sweeps as the function does. Returns a function that restores it, as an operator does. */
async function remove(stage: Stage, collection: Collection, id: string) {
  const { tenantId, type } = collection;
  const stored = await new DynamoStore(stage.tables).get(collection, id);
  if (!stored) throw new Error(`${id} is not there.`);
  await stage.send(tenantId, 'DELETE', `/${type}s/${id}`);
  await sweep(stage.tables, collection, id);
  return async (memberships: Memberships) => {
    await finishSweep(stage.tables, collection, id);
    const kept = { stored, groups: [], members: [], additions: 0 };
    const by = operatorNote(restoreActions[type]);
    const restored = { stored: { ...stored, version: stored.version + 2, by }, entries: [] };
    const present = () => Promise.resolve(memberships);
    expect(await restoreResource(stage.tables, { collection, restored, kept, present })).toEqual(memberships);
  };
}

interface Member {
  readonly id: string;
  readonly sequence: string;
}

/** The content of a tenant's events, without duplicates and in alphabetical order, however members were batched. */
export function factsOf(events: readonly BusEvent[], tenantId: string): readonly string[] {
  const facts = events
    .filter(({ detail }) => detail.tenantId === tenantId)
    .flatMap(({ 'detail-type': type, detail }) => {
      const members = detail.members as readonly Member[] | undefined;
      const { id } = (detail.resource ?? detail.group) as { id: string };
      return (
        members?.map((member) => `${type} ${id} ${member.id} ${member.sequence}`) ?? [`${type} ${id} ${detail.id}`]
      );
    });
  return [...new Set(facts)].sort();
}
