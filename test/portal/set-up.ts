import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { invitationKey } from '../../lambda/store/keys';
import type { Tables } from '../../lambda/store/tables';
import type { Endpoint, TenantAccess } from '../../local/endpoint';
import { credentials, names } from '../../local/environment';
import { tenantServices } from '../../local/first-tenant';
import type { Deployment } from '../../operator/connection/open';
import { createInvitation, type InvitationOptions } from '../../operator/invitations/invitations';
import { DynamoTenantStore } from '../../operator/store/tenant-store';
import { Browser } from './client';

const clients = new Map<string, DynamoDBDocumentClient>();

/** What invitations need of a local endpoint. Its clients do not follow the environment, which tests of permissions change. */
export function placeOf({ url, stage }: Endpoint): Pick<Deployment, 'services' | 'tables' | 'portal'> {
  const client =
    clients.get(url) ??
    DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials }));
  clients.set(url, client);
  const tables: Tables = { client, directory: names.directoryTable, memberships: names.membershipsTable };
  const portal = { url: `${url}/${stage}/portal`, returnUrls: ['https://app.example.com'] };
  return { services: { ...tenantServices(), tenants: new DynamoTenantStore(tables) }, tables, portal };
}

/** An invitation, with its code. */
export async function invite(endpoint: Endpoint, tenantId: string, options: InvitationOptions = {}) {
  const made = await createInvitation(placeOf(endpoint), tenantId, options);
  const [url = '', code = ''] = made.url.split('#');
  return { ...made, code, browser: new Browser(url) };
}

/** Moves the end of an invitation to a minute ago, as if its time had passed. */
export async function endInvitation(endpoint: Endpoint, tenantId: string, invitationId: string): Promise<void> {
  const { client, directory } = placeOf(endpoint).tables;
  await client.send(
    new UpdateCommand({
      TableName: directory,
      Key: invitationKey(tenantId, invitationId),
      UpdateExpression: 'SET #until = :until',
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: { ':until': new Date(Date.now() - 60_000).toISOString() },
    }),
  );
}

/** A browser with a session of a tenant. */
export async function openSession(
  endpoint: Endpoint,
  tenantId: string,
  options: InvitationOptions = {},
): Promise<Browser> {
  const { browser, code, pin } = await invite(endpoint, tenantId, options);
  await browser.get('invitation.open', { code, pin });
  return browser;
}

/** Sends a SCIM request with an API token. */
export async function scim(
  { baseUrl, token }: Pick<TenantAccess, 'baseUrl' | 'token'>,
  method: string,
  path: string,
  body?: object,
) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const response = await fetch(baseUrl + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Readonly<Record<string, unknown>> };
}

/** How long a test waits for what comes seconds later, in milliseconds: less than Jest lets it, so that it can say why. */
const patience = 150_000;

/** Repeats until a condition holds: what follows from the streams comes seconds later. @throws Error with what there was */
export async function until<Value>(ask: () => Promise<Value>, holds: (value: Value) => boolean): Promise<Value> {
  const deadline = Date.now() + patience;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (Date.now() > deadline) throw new Error(`It does not hold: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
