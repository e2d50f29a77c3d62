import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { kyselyAdapter } from '@better-auth/kysely-adapter';
import { scim } from '@better-auth/scim';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';

/** Better Auth with its SCIM plugin on Node's HTTP server, as its documentation shows, with an SQLite file in a folder. */
const [folder] = process.argv.slice(2);
const database = new Database(join(folder, 'better-auth.sqlite'));
database.pragma('journal_mode = WAL');
const db = new Kysely({ dialect: new SqliteDialect({ database }) });
const token = randomBytes(32).toString('hex');
const options = {
  secret: randomBytes(32).toString('hex'),
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  logger: { level: 'error' },
  plugins: [scim({ connections: [{ id: 'bench', credentials: [{ type: 'bearer', id: 'bench', token }] }] })],
};
const { runMigrations } = await getMigrations({ ...options, database: { db, type: 'sqlite' } });
await runMigrations();

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const baseURL = `http://127.0.0.1:${server.address().port}`;
  const auth = betterAuth({ ...options, baseURL, database: kyselyAdapter(db, { type: 'sqlite', transaction: true }) });
  server.on('request', toNodeHandler(auth));
  process.send({ baseUrl: `${baseURL}/api/auth/scim/v2`, token });
});
