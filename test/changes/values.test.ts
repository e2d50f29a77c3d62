import type { BusEvent } from '../../local/event-bus';
import { patchBody } from '../directory/requests';
import { openStage, type Stage } from './stage';

const tenantId = 'tvalues';
let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ values: true });
});
afterAll(() => stage.close());

/** The event of a request about a user. */
async function eventOf(...request: [method: string, path: string, body?: object]): Promise<BusEvent> {
  stage.take();
  stage.events.length = 0;
  await stage.send(tenantId, ...(request as [string, string]));
  expect(await stage.handle(stage.take().directory)).toEqual([]);
  expect(stage.events).toHaveLength(1);
  return stage.events[0] as BusEvent;
}

const idOf = ({ detail }: BusEvent) => (detail.resource as { id: string }).id;
const addresses = (letter: string) =>
  Array.from({ length: 25 }, (_, index) => ({ type: String(index), formatted: letter.repeat(8000) }));
const setTitle = (value: string) => patchBody({ op: 'replace', path: 'title', value });

test('an event has the resource after it was created, before and after it changed, and before it was deleted', async () => {
  const created = await eventOf('POST', '/Users', { userName: 'a', title: 'one' });
  expect(created.detail).toMatchObject({ after: { userName: 'a', title: 'one', active: true } });
  expect(created.detail).not.toHaveProperty('before');

  const updated = await eventOf('PATCH', `/Users/${idOf(created)}`, setTitle('two'));
  expect(updated.detail).toMatchObject({ changed: ['title'], before: { title: 'one' }, after: { title: 'two' } });

  const deleted = await eventOf('DELETE', `/Users/${idOf(created)}`);
  expect(deleted.detail).toMatchObject({ before: { userName: 'a', title: 'two' } });
  expect(deleted.detail).not.toHaveProperty('after');
});

test('values that are too much for an event are left out, and the event says so', async () => {
  const created = await eventOf('POST', '/Users', { userName: 'large', addresses: addresses('x') });
  expect(created.detail).not.toHaveProperty('valuesOmitted');

  const { detail } = await eventOf(
    'PATCH',
    `/Users/${idOf(created)}`,
    patchBody({ op: 'replace', path: 'addresses', value: addresses('y') }),
  );
  expect(detail).toMatchObject({ resource: { userName: 'large' }, changed: ['addresses'], valuesOmitted: true });
  expect(detail).not.toHaveProperty('before');
  expect(detail).not.toHaveProperty('after');
});
