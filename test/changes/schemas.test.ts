import type { BusEvent } from '../../local/event-bus';
import { playHold, playScenario } from './scenario';
import { eventChecker, readSchemas } from './schemas';
import { openStage, type Stage } from './stage';

const check = eventChecker();
let stage: Stage;
let events: readonly BusEvent[];

beforeAll(async () => {
  // With values there is more to check.
  stage = await openStage({ values: true });
  const { tenantId, directory, memberships } = await playScenario(stage);
  await playHold(stage, tenantId, Date.now());
  for (const records of [directory, memberships, stage.take().directory]) await stage.handle(records);
  events = stage.events;
});
afterAll(() => stage.close());

test('every event is as its schema says, and no schema is without an event', () => {
  expect(events.map(check).filter(Boolean)).toEqual([]);
  const described = [...readSchemas().values()].flatMap((schema) => {
    const { properties } = schema as { properties?: { 'detail-type': { const: string } } };
    return properties ? [properties['detail-type'].const] : [];
  });
  // Those of the portal come from no stream: test/portal/session.test.ts has them.
  const ofStreams = described.filter((type) => !/^(?:Invitation|Credential) /.test(type));
  expect([...new Set(events.map((event) => event['detail-type']))].sort()).toEqual(ofStreams.sort());
});

test('a schema refuses an event with a missing or an unknown property', () => {
  for (const event of events) {
    for (const name of ['schemaVersion', 'id', 'tenantId', 'time']) {
      expect(check({ ...event, detail: { ...event.detail, [name]: undefined } } as BusEvent)).toContain(name);
    }
    expect(check({ ...event, detail: { ...event.detail, secret: 'x' } } as BusEvent)).toContain('additional');
  }
});

test('an event without room for values says so, and matches its schema', () => {
  const [event] = events;
  expect(check({ ...event, detail: { ...event?.detail, valuesOmitted: true } } as BusEvent)).toBe('');
  expect(check({ ...event, detail: { ...event?.detail, valuesOmitted: false } } as BusEvent)).not.toBe('');
});
