import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './figures';
import type { SeededPeer } from './peers/client';
import { seed } from './peers/client';
import { cpuTime } from './peers/cpu';
import { startDjango } from './peers/django';
import { handlerCosts } from './peers/handler';
import { type Cost, latency, sum, takeTurn } from './peers/measure';
import { startBetterAuth, startScimmy } from './peers/node-peers';
import { startOurs } from './peers/ours';
import { addInParallel } from './peers/parallel';
import type { StartPeer } from './peers/peer';
import { kinds } from './peers/requests';

/**
 * Measures the same requests on our local endpoint and on its peers, which take turns: CPU of all processes of each, wall
 * time, and what 20 parallel changes of a group leave. Arguments: sizes (default: 1000 10000); `--sustained N` sends N
 * requests of each kind in one turn. Prints Markdown tables.
 */
const { values, positionals } = parseArgs({
  options: { sustained: { type: 'string' }, peers: { type: 'string' } },
  allowPositionals: true,
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [1000, 10_000];
const plan = values.sustained
  ? { warmUp: 0, turns: 1, requests: Number(values.sustained), patience: 60_000 }
  : { warmUp: 2, turns: 8, requests: 50, patience: 3000 };

const starts: Readonly<Record<string, StartPeer>> = {
  ours: startOurs,
  scimmy: startScimmy,
  'better-auth': startBetterAuth,
  'django-scim2': startDjango,
};

/** Starts the chosen peers and adds them to the list, one by one: those before a failed one must be stopped, too. */
async function startPeers(folder: string, seeded: SeededPeer[]): Promise<void> {
  const chosen = ['ours', ...(values.peers ?? Object.keys(starts).join(',')).split(',')];
  for (const name of new Set(chosen)) {
    const home = join(folder, name);
    mkdirSync(home);
    const peer = await starts[name]?.(home);
    if (typeof peer === 'object')
      seeded.push({ peer, users: [], group: '', members: 0, created: 0, disabled: new Set() });
    else console.log(`${name} is not measured: ${peer ?? 'no peer has that name.'}\n`);
  }
}

/** The cost of a kind of request for each peer. */
async function compare(peers: readonly SeededPeer[], kind: string, parallel: number): Promise<readonly Cost[]> {
  const costs = peers.map((): Cost[] => []);
  for (let turn = 0; turn < plan.warmUp + plan.turns; turn++) {
    for (const [at, peer] of peers.entries()) {
      const from = turn * plan.requests;
      const cost = await takeTurn(peer, { kind, from, parallel, ...plan });
      if (turn >= plan.warmUp) costs[at]?.push(cost);
    }
  }
  return costs.map(sum);
}

function row(kind: string, [ours, ...others]: readonly Cost[]): string {
  if (!ours) return '';
  const cpu = (cost: Cost) => cost.cpu / cost.requests;
  const cell = (cost: Cost) =>
    `${cpu(cost).toFixed(1)} · ${latency(cost, 0.5).toFixed(1)} · ${latency(cost, 0.95).toFixed(1)}`;
  // A small group runs out of users to add.
  const compared = (other: Cost) => `${cell(other)} · **${(cpu(ours) / cpu(other)).toFixed(2)}**`;
  const cells = others.map((other) => (ours.requests > 0 && other.requests > 0 ? compared(other) : '–'));
  return `| ${[kind, cell(ours), ...cells].join(' | ')} |`;
}

async function measure(peers: readonly SeededPeer[], size: number, parallel: number): Promise<void> {
  console.log(`\n${size} users, ${parallel} at a time. CPU · p50 · p95 in ms per request, **ours : peer** in CPU:\n`);
  console.log(`| | ${peers.map(({ peer }) => peer.name).join(' | ')} |`);
  console.log(`| --- |${peers.map(() => ' --- |').join('')}`);
  for (const kind of Object.keys(kinds)) console.log(row(kind, await compare(peers, kind, parallel)));
}

async function main(): Promise<void> {
  cpuTime([process.pid]);
  const folder = mkdtempSync(join(tmpdir(), 'scim-peers-'));
  const peers: SeededPeer[] = [];
  try {
    console.log(`${machine()}\n`);
    await startPeers(folder, peers);
    for (const size of sizes) {
      for (const peer of peers) await seed(peer, size);
      for (const parallel of [1, 8]) await measure(peers, size, parallel);
    }
    console.log('\n20 members added to one group at once:\n');
    for (const peer of peers) console.log(`- ${peer.peer.name}: ${await addInParallel(peer)}`);
    console.log('\nOur handler alone, with a stub for the store, CPU in ms per request:\n');
    for (const [kind, cost] of handlerCosts) console.log(`- ${kind}: ${(await cost()).toFixed(2)}`);
  } finally {
    for (const { peer } of peers) await peer.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
