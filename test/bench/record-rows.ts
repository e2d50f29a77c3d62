import type { PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { requestRecorder } from '../../lambda/activity/record-request';
import { recordChanges } from '../../lambda/changes/activity';
import type { Collection, StoredResource } from '../../lambda/directory/store';
import type { RequestFacts } from '../../lambda/gateway/request-facts';
import type { ScimError } from '../../lambda/scim/message/error';
import type { KeptActivity } from '../../lambda/store/activity';
import { resourceItem } from '../../lambda/store/items';
import type { Tables } from '../../lambda/store/tables';

/** Records a change of a resource as the function `changes` does. @throws Error if a row may be missing */
export async function recordChange(
  tables: Tables,
  activity: KeptActivity,
  collection: Collection,
  { before, after }: { readonly before?: StoredResource; readonly after: StoredResource },
): Promise<void> {
  const image = (stored: StoredResource) =>
    marshall(resourceItem(collection, stored)) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'] & object;
  const { pk, sk, ...NewImage } = image(after);
  const record: DynamoDBRecord = {
    eventID: 'event1',
    eventName: before ? 'MODIFY' : 'INSERT',
    dynamodb: {
      Keys: { ...(pk && { pk }), ...(sk && { sk }) },
      NewImage,
      ...(before && { OldImage: image(before) }),
      SequenceNumber: '1',
      ApproximateCreationDateTime: 1_795_000_000,
    },
  };
  const missing = await recordChanges(tables, activity, [record]);
  if (missing.length > 0) throw new Error('Rows of the change may be missing.');
}

/**
 * Records a request on users as the functions that answer requests do: a failure with this error, or a list that
 * succeeded. Resolves when the rows are written, however long that takes.
 */
export async function recordRequest(activity: KeptActivity, tenantId: string, error?: ScimError): Promise<void> {
  const facts: RequestFacts = {
    requestId: '8b6f0b6e-7c39-4d2f-9a55-0d3b2f1c6a10',
    caller: { tenantId, credentialId: 'tokenaaaaaaa', scope: 'scim', profile: 'identity-center' },
    origin: { address: '203.0.113.7', agent: 'Okta SCIM Client 1.0.0' },
    method: 'GET',
    route: `/{tenantId}/scim/v2/Users${error ? '/{id}' : ''}`,
    ...(error && { pathId: '2819c223-7f76-453a-919d-413861904646', error }),
    status: error?.status ?? 200,
    started: new Date(),
    ended: new Date(),
  };
  const calls: Promise<unknown>[] = [];
  const send = (command: PutCommand) => {
    const call = activity.client.send(command);
    calls.push(call);
    return call;
  };
  const record = requestRecorder({
    activity: { ...activity, client: { send: send as KeptActivity['client']['send'] } },
    state: () => Promise.resolve({}),
    log: () => {},
    deployment: 'directory',
  });
  await record(facts);
  await Promise.all(calls);
}
