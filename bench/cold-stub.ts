import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Caller } from '../lambda/directory/request';
import type { ClientSecret, TokenSecret } from '../lambda/tenants/credential-secret';
import { hashToken, makeClientSecret, makeToken } from '../lambda/tenants/token-format';

/** The tenant of every event. */
export const caller: Caller = {
  tenantId: 'tenantaaaaaa',
  credentialId: 'tokenaaaaaaa',
  scope: 'scim',
  profile: 'standard',
};
export const token = makeToken(caller);

const secret: TokenSecret = {
  kind: 'token',
  hash: hashToken(token),
  state: 'enabled',
  scope: 'scim',
  profile: caller.profile,
  expires: '9999-01-01T00:00:00.000Z',
};

const clientName = { tenantId: caller.tenantId, credentialId: 'clientaaaaaa' };
export const clientId = clientName.credentialId;
export const clientSecret = makeClientSecret(clientName);

const client: ClientSecret = {
  kind: 'client',
  state: 'enabled',
  scope: 'scim',
  profile: caller.profile,
  accessTokenSeconds: 3600,
  secrets: [{ hash: hashToken(clientSecret), created: '2026-01-01T00:00:00.000Z', expires: secret.expires }],
  keys: [],
  trusts: [],
  macKey: Buffer.alloc(32, 1).toString('base64url'),
};

/** The response of each operation if the tables are empty; all others return `{}`. */
const answers: ReadonlyMap<string, (body: string) => object> = new Map<string, (body: string) => object>([
  ['Query', () => ({ Items: [], Count: 0, ScannedCount: 0 })],
  ['Scan', () => ({ Items: [], Count: 0, ScannedCount: 0 })],
  ['BatchGetItem', () => ({ Responses: {}, UnprocessedKeys: {} })],
  ['GetSecretValue', (body) => ({ SecretString: JSON.stringify(body.includes(clientId) ? client : secret) })],
  ['SendMessage', (body) => ({ MessageId: 'message', MD5OfMessageBody: md5(JSON.parse(body).MessageBody) })],
]);

// The client checks it.
const md5 = (message: string) => createHash('md5').update(message).digest('hex');

/** A stand-in for AWS on a free port of 127.0.0.1. */
export interface Stub {
  readonly url: string;
  close(): Promise<void>;
}

const listener: RequestListener = async (request, response) => {
  const operation =
    String(request.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? '';
  const body = await text(request);
  response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(answers.get(operation)?.(body) ?? {}));
};

/** Starts a stub; with the folder of a certificate it uses TLS. */
export async function startStub(certificate?: string): Promise<Stub> {
  const server = certificate
    ? createTlsServer({ key: readPem(certificate, 'key'), cert: readPem(certificate, 'cert') }, listener)
    : createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

/** Writes a self-signed certificate for 127.0.0.1, valid for a day. @throws Error if `openssl` does not run */
export function makeCertificate(folder: string): string {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const { status, stderr, error } = spawnSync('openssl', ['req', ...kind, ...names, ...files], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl made no certificate, is it installed? ${error?.message ?? stderr}`);
  return join(folder, 'cert.pem');
}

function readPem(folder: string, name: 'key' | 'cert'): string {
  return readFileSync(join(folder, `${name}.pem`), 'utf8');
}
