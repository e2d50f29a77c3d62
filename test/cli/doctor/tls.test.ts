import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkTls } from '../../../doctor/tls';
import { admin } from '../admin';
import { type CertificateOptions, makeCertificate } from './certificate';

const day = 24 * 3600 * 1000;
const now = new Date();
const inDays = (days: number) => new Date(now.getTime() + days * day);
const authority = make({ host: 'An Authority' });

function make(options: Partial<CertificateOptions>) {
  const host = options.host ?? 'localhost';
  return { host, ...makeCertificate({ host, from: inDays(-30), to: inDays(365), ...options }) };
}

/** Responds to every request over TLS, and counts them. */
async function serve(options: ServerOptions) {
  let requests = 0;
  const server = createSecureServer(options, (_, response) => {
    requests++;
    response.end('{}');
  });
  server.on('tlsClientError', () => {});
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    baseUrl: `https://localhost:${(server.address() as AddressInfo).port}/scim/v2`,
    requests: () => requests,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

const publicAuthority = 'Use a certificate of a public authority: identity providers do not trust others.';

test.each<readonly [string, ServerOptions, string, string]>([
  ['signed by itself', make({}), 'self-signed certificate', publicAuthority],
  [
    'signed by an authority of one’s own',
    (({ cert, key }) => ({ key, cert: cert + authority.cert }))(make({ issuer: authority })),
    'self-signed certificate in certificate chain',
    publicAuthority,
  ],
  [
    'without its authority',
    make({ issuer: authority }),
    'unable to verify the first certificate',
    'Also send the intermediate certificates, of a public authority.',
  ],
  ['past its end', make({ issuer: authority, to: inDays(-1) }), 'certificate has expired', 'Renew the certificate.'],
  [
    'on TLS 1.1',
    { ...make({}), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    'tlsv1 alert protocol version',
    'Allow TLS 1.2.',
  ],
])('a certificate %s is refused, with the cure', async (_, options, found, cure) => {
  const server = await serve(options);
  const checks = await checkTls(server.baseUrl, now);
  await server.close();
  expect(checks).toMatchObject([{ verdict: 'failed', found: [found], cure }]);
});

test('the doctor says so and ends there: no request, and no token, goes to a host that is not trusted', async () => {
  const server = await serve(make({}));
  const { code, out } = await admin(['doctor', server.baseUrl, '--token', 'a-token']);
  await server.close();
  expect(code).toBe(1);
  expect(out).toContain(`FAILED  TLS: the connection is trusted\n${' '.repeat(10)}found     self-signed certificate\n`);
  expect(out).toContain(`do        ${publicAuthority}\n`);
  expect(out).toContain('The checks ended there: without a trusted connection nothing can be checked.');
  expect(server.requests()).toBe(0);
});

test('a trusted connection is ok, and a certificate that expires within days is reported', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scim-tls-'));
  const trusted = join(folder, 'authority.pem');
  await writeFile(trusted, authority.cert);
  const server = await serve(make({ issuer: authority, to: inDays(5.5) }));
  const root = join(__dirname, '../../..');
  const command = ['--import', 'tsx', 'bin/scim-admin.ts', 'doctor', server.baseUrl, '--token', 'a-token'];
  // Node reads its additional certificates only when it starts.
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: trusted };
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env }).catch(
    (ended: { readonly stdout: string }) => ended,
  );
  await server.close();
  await rm(folder, { recursive: true });
  expect(stdout).toMatch(/^ok {6}TLS: the connection is trusted$/m);
  expect(stdout).toMatch(/^note {4}TLS: the certificate is valid for two more weeks\n +found +it expires in 5 days\n/m);
  expect(stdout).toMatch(/^ok {6}TLS: it is TLS 1\.2 or 1\.3$/m);
  expect(server.requests()).toBeGreaterThan(0);
});

test('plain http has no TLS to look at', async () => {
  expect(await checkTls('http://127.0.0.1:1/scim/v2', now)).toEqual([]);
});

test('a closed port and a port without TLS have different messages', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const [speaksNone] = await checkTls(`https://127.0.0.1:${port}/scim/v2`, now);
  expect(speaksNone).toMatchObject({ verdict: 'failed', cure: 'Check the port: the server there does not use TLS.' });
  server.closeAllConnections();
  await once(server.close(), 'close');
  const [nobody] = await checkTls(`https://127.0.0.1:${port}/scim/v2`, now);
  expect(nobody).toMatchObject({
    verdict: 'failed',
    found: [expect.stringContaining('ECONNREFUSED')],
    cure: 'Nothing listens there. Start the endpoint, or correct host and port of the Base URL.',
  });
});
