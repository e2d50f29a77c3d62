import { keepPortalEvent, type PortalEvent } from '../../lambda/store/portal-events';
import { eventChecker } from './schemas';
import { openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const opened: PortalEvent = {
  type: 'Invitation Opened',
  tenantId: 't0123456789a',
  time: new Date().toISOString(),
  actionId: '6f1c6f5e-9f1b-4c0e-8f57-0a3f3f1f9a11',
  invitation: { id: 'abcdefghijkl', scope: 'setup' },
};
const created: PortalEvent = {
  ...opened,
  type: 'Credential Created',
  actionId: '7f1c6f5e-9f1b-4c0e-8f57-0a3f3f1f9a11',
  credential: { id: 'bcdefghijklm', kind: 'token', label: 'Okta' },
};

test('an event of the portal that the bus refuses is reported, and published when the record comes again', async () => {
  for (const event of [opened, created]) await keepPortalEvent(stage.tables, event);
  const { directory } = stage.take();
  expect(directory.map(({ dynamodb }) => typeof dynamodb?.NewImage?.held?.N)).toEqual(['string', 'string']);

  stage.refuse = ({ DetailType }) => (DetailType === 'Credential Created' ? 'InternalFailure' : undefined);
  const failed = await stage.handle(directory);
  expect(failed).toEqual([directory[1]?.dynamodb?.SequenceNumber]);
  expect(stage.events.map((event) => event['detail-type'])).toEqual(['Invitation Opened']);

  stage.refuse = () => undefined;
  expect(await stage.handle(directory.slice(1))).toEqual([]);
  expect(stage.events.map((event) => event['detail-type'])).toEqual(['Invitation Opened', 'Credential Created']);
  expect(stage.events.map(eventChecker()).filter(Boolean)).toEqual([]);
  // The record of its expiry is no event.
  const expired = directory.map((record) => {
    const { NewImage: OldImage = {}, ...dynamodb } = record.dynamodb ?? {};
    return { ...record, eventName: 'REMOVE' as const, dynamodb: { ...dynamodb, OldImage } };
  });
  expect(await stage.handle(expired)).toEqual([]);
  expect(stage.events).toHaveLength(2);
});
