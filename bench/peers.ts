import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../lambda/scim/json';
import { patchBody, userBody } from '../test/directory/requests';
import { lowerQuartile, machine } from './figures';
import { handlerCosts } from './peers-handler';
import type { Address, CpuTime } from './peers-server';

/**
 * Measures the same requests on our local endpoint, its data on disk, and on SCIMMY's routers with a store in memory. Each
 * server is a process of its own; they take turns. Sizes are arguments (default: 1000 10000); prints a Markdown table.
 */
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 10_000];
const warmUpTurns = 6;
const countedTurns = 12;
const requestsPerTurn = 5;
/** Milliseconds after which a kind of request stops, once one turn was counted. */
const patience = 10_000;

interface Server {
  readonly process: ChildProcess;
  readonly address: Address;
  readonly ids: string[];
  group: string;
}

interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

async function start(program: string, folder: string): Promise<Server> {
  const child = fork(join('bench', program), [folder], { execArgv: ['--import', 'tsx'] });
  const [address] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(refuse)])) as [Address];
  return { process: child, address, ids: [], group: '' };
}

function refuse(): never {
  throw new Error('A server ended before it listened.');
}

async function send({ address }: Server, method: string, path: string, body?: JsonObject): Promise<JsonObject> {
  const headers = {
    Authorization: `Bearer ${address.token}`,
    'Content-Type': 'application/scim+json',
    // The gateway compresses, express does not.
    'Accept-Encoding': 'identity',
  };
  const response = await fetch(address.baseUrl + path, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}: ${text.slice(0, 200)}`);
  return text ? JSON.parse(text) : {};
}

const addMembers = (ids: readonly string[]) =>
  patchBody({ op: 'add', path: 'members', value: ids.map((value) => ({ value })) });

/** Adds users up to a size, and a group of all but the last hundred of them. */
async function grow(server: Server, size: number): Promise<void> {
  while (server.ids.length < size) {
    const names = Array.from({ length: Math.min(10, size - server.ids.length) }, (_, at) => server.ids.length + at);
    const created = await Promise.all(names.map((at) => send(server, 'POST', '/Users', userBody(`user${at}`))));
    server.ids.push(...created.map(({ id }) => String(id)));
  }
  const members = server.ids.slice(0, size - 100);
  const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: `Group of ${size}` };
  server.group = String((await send(server, 'POST', '/Groups', group)).id);
  // In parts: express accepts bodies of 100 KB.
  for (let at = 0; at < members.length; at += 1500) {
    await send(server, 'PATCH', `/Groups/${server.group}`, addMembers(members.slice(at, at + 1500)));
  }
}

/** Request number `at` of each kind, for a tenant of a size. */
const requests: Readonly<Record<string, (server: Server, at: number, size: number) => Promise<JsonObject>>> = {
  create: (server, at, size) => send(server, 'POST', '/Users', userBody(`new${size}-${at}`)),
  get: (server, at) => send(server, 'GET', `/Users/${server.ids[at * 7]}`),
  'userName eq': (server, at) =>
    send(server, 'GET', `/Users?filter=${encodeURIComponent(`userName eq "user${at * 7}@example.com"`)}`),
  'list 100': (server) => send(server, 'GET', '/Users?count=100'),
  'add one member': (server, at, size) =>
    send(server, 'PATCH', `/Groups/${server.group}`, addMembers([server.ids[size - 1 - at] ?? ''])),
};

async function cpuTime({ process: child }: Server): Promise<number> {
  child.send('cpu');
  const [time] = (await once(child, 'message')) as [CpuTime];
  return time;
}

async function takeTurn(server: Server, name: string, turn: number, size: number): Promise<Cost> {
  const [wall, cpu] = [performance.now(), await cpuTime(server)];
  for (let at = 0; at < requestsPerTurn; at++) await requests[name]?.(server, turn * requestsPerTurn + at, size);
  return {
    wall: (performance.now() - wall) / requestsPerTurn,
    cpu: ((await cpuTime(server)) - cpu) / 1000 / requestsPerTurn,
  };
}

async function compare(ours: Server, peer: Server, name: string, size: number): Promise<void> {
  const costs: { readonly ours: Cost[]; readonly peer: Cost[] } = { ours: [], peer: [] };
  const began = performance.now();
  const isSlow = () => performance.now() - began > patience;
  for (let turn = 0; turn < warmUpTurns + countedTurns && !(isSlow() && costs.ours.length > 0); turn++) {
    const pair = { ours: await takeTurn(ours, name, turn, size), peer: await takeTurn(peer, name, turn, size) };
    if (turn < warmUpTurns && !isSlow()) continue;
    costs.ours.push(pair.ours);
    costs.peer.push(pair.peer);
  }
  const typical = (list: readonly Cost[], kind: keyof Cost) => lowerQuartile(list.map((cost) => cost[kind]));
  const cell = (list: readonly Cost[]) => `${typical(list, 'wall').toFixed(1)} / ${typical(list, 'cpu').toFixed(1)}`;
  const ratio = (kind: keyof Cost) => (typical(costs.ours, kind) / typical(costs.peer, kind)).toFixed(2);
  const alone = handlerCosts.get(name);
  const cpu = alone ? await alone() : 0;
  console.log(
    `| ${name} @${size} | ${cell(costs.ours)} | ${cell(costs.peer)} | ${ratio('wall')} / ${ratio('cpu')} | ${cpu.toFixed(2)} | ${(cpu / typical(costs.peer, 'cpu')).toFixed(3)} |`,
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-peers-'));
  const servers: Server[] = [];
  try {
    servers.push(await start('peers-ours.ts', folder));
    servers.push(await start('peers-scimmy.ts', ''));
    const [ours, peer] = servers as [Server, Server];
    console.log(
      `${machine()}\n\n| wall / CPU, ms per request | ours | SCIMMY | ours : SCIMMY | handler CPU | : SCIMMY |`,
    );
    console.log('| --- | --- | --- | --- | --- | --- |');
    for (const size of sizes) {
      await Promise.all([grow(ours, size), grow(peer, size)]);
      for (const name of Object.keys(requests)) await compare(ours, peer, name, size);
    }
  } finally {
    for (const server of servers) {
      server.process.kill();
      await once(server.process, 'exit');
    }
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
