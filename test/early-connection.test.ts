import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeCertificate } from './oauth/certificate';

const host = 'localhost';

test.each(['authorizer', 'oauth', 'users', 'groups', 'bulk', 'search', 'discovery'])(
  '%s opens one connection while it loads, without a request',
  async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'early-'));
    const { cert, key } = makeCertificate(host);
    writeFileSync(join(folder, 'cert.pem'), cert);
    let requests = 0;
    const server = createServer({ cert, key }, () => requests++);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const bundle = resolve(__dirname, '../dist/functions', name, 'index.js');
    const child = spawn(process.execPath, ['-e', `require(${JSON.stringify(bundle)}); process.stdin.resume()`], {
      stdio: ['pipe', 'ignore', 'inherit'],
      env: {
        PATH: process.env.PATH,
        AWS_REGION: 'eu-west-1',
        AWS_ENDPOINT_URL: `https://${host}:${(server.address() as AddressInfo).port}`,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        DIRECTORY_TABLE: 'directory',
        MEMBERSHIPS_TABLE: 'memberships',
        SECRET_PREFIX: 'prefix',
        NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem'),
      },
    });
    await once(server, 'secureConnection');
    child.kill();
    await once(child, 'close');
    server.close();
    expect(requests).toBe(0);
    rmSync(folder, { recursive: true });
  },
);
