import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { handleEvent } from 'serverless-scim/events';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());
const TableName = process.env.SESSIONS_TABLE;

/**
 * Signs a person out when the identity provider disables or deletes the user. An event that comes late or twice does no
 * harm here: whoever is active again signs in again. So no versions are kept.
 */
export const handler = (event: unknown) =>
  handleEvent(event, {
    'User Disabled': ({ detail }) => endSessions(detail.tenantId, detail.resource.id),
    'User Deleted': ({ detail }) => endSessions(detail.tenantId, detail.resource.id),
  });

async function endSessions(tenantId: string, userId: string): Promise<void> {
  const query = {
    TableName,
    KeyConditionExpression: '#user = :user',
    ExpressionAttributeNames: { '#user': 'user' },
    ExpressionAttributeValues: { ':user': `${tenantId}#${userId}` },
  };
  let sessions = 0;
  for await (const { Items = [] } of paginateQuery({ client }, query)) {
    for (const { user, session } of Items) {
      await client.send(new DeleteCommand({ TableName, Key: { user, session } }));
    }
    sessions += Items.length;
  }
  console.log(JSON.stringify({ message: 'sessions ended', tenantId, userId, sessions }));
}
