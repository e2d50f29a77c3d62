import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './figures';
import { makeReadableBundles } from './profile-builds';
import { clientOf } from './profile-client';
import { type Part, parts } from './profile-modules';
import { type Measured, startEndpointProgram, startFunctions } from './profile-process';
import { requestNames } from './profile-requests';

/**
 * Shows where the CPU of a request goes, in a function (over the engine in another process) and in the local endpoint. With
 * `--against` and another checkout with its bundles (`npm run bundle`), it also compares the functions of both: they take
 * turns in one run. `--only` chooses requests by a pattern. Prints Markdown tables.
 */
const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    size: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '15' },
    only: { type: 'string', default: '' },
  },
});
const here = resolve(__dirname, '..');
const names = requestNames.filter((name) => new RegExp(values.only).test(name));
const perTurn = 40;
const warmUpTurns = 4;
const profiledTurns = 6;

type Turn = (name: string) => Promise<void>;

/** Counts the requests of each name, so that none is sent twice. */
function turnsOf(send: (name: string, from: number, count: number) => Promise<void>): Turn {
  const sent = new Map<string, number>();
  return async (name) => {
    const from = sent.get(name) ?? 0;
    sent.set(name, from + perTurn);
    await send(name, from, perTurn);
  };
}

const turnsOfFunctions = (measured: Measured) =>
  turnsOf(async (send, from, count) => {
    await measured.ask({ send, from, count });
  });

const columns = (...cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);
const shown = (figures: readonly number[]) => figures.map((figure) => figure.toFixed(2));
const total = (figures: readonly number[]) => figures.reduce((a, b) => a + b, 0);
const median = (figures: readonly number[]) =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;

async function profile(title: string, measured: Measured, turn: Turn): Promise<void> {
  console.log(`\n**${title}**\n`);
  columns('ms of CPU per request', ...parts, 'main thread', 'all threads, without the profiler');
  columns(...Array.from({ length: parts.length + 3 }, () => '---'));
  for (const name of names) for (let at = 0; at < warmUpTurns; at += 1) await turn(name);
  for (const name of names) {
    const plain: number[] = [];
    for (let at = 0; at < profiledTurns; at += 1) plain.push(await cpuOf(measured, turn, name));
    await measured.ask({ profile: 'start' });
    for (let at = 0; at < profiledTurns; at += 1) await turn(name);
    const spent = new Map<Part, number>((await measured.ask({ profile: 'stop' })).parts);
    const cells = parts.map((part) => (spent.get(part) ?? 0) / perTurn / profiledTurns);
    columns(name, ...shown([...cells, total(cells), median(plain)]));
  }
}

async function cpuOf(measured: Measured, turn: Turn, name: string): Promise<number> {
  const before = await measured.ask({ cpu: true });
  await turn(name);
  return ((await measured.ask({ cpu: true })).cpu - before.cpu) / perTurn;
}

async function compare(now: Measured, before: Measured): Promise<void> {
  const sides = [before, now].map((measured) => ({ measured, turn: turnsOfFunctions(measured) }));
  console.log('\n**Functions, compared**\n');
  columns('ms of CPU per request', 'before', 'now', 'now : before');
  columns('---', '---', '---', '---');
  for (const name of names) {
    const pairs: number[][] = [];
    for (let round = 0; round < warmUpTurns + Number(values.rounds); round += 1) {
      const pair: number[] = [];
      const order = [...sides.entries()];
      for (const [at, { measured, turn }] of round % 2 === 0 ? order : order.reverse()) {
        pair[at] = await cpuOf(measured, turn, name);
      }
      if (round >= warmUpTurns) pairs.push(pair);
    }
    const ratios = pairs.map(([old = 0, ours = 0]) => ours / old);
    columns(
      name,
      ...shown([...sides.keys()].map((at) => median(pairs.map((pair) => pair[at] ?? 0)))),
      ...shown([median(ratios)]),
    );
  }
}

async function main(): Promise<void> {
  const cache = join(here, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'profile-'));
  const opened: Measured[] = [];
  const opening = async <Kind extends Measured>(starting: Promise<Kind>): Promise<Kind> => {
    const measured = await starting;
    opened.push(measured);
    return measured;
  };
  const functionsOf = (checkout: string, bundles: string, name: string) =>
    opening(startFunctions(checkout, bundles, join(folder, name), Number(values.size)));
  try {
    await makeReadableBundles(folder);
    console.log(machine());
    const functions = await functionsOf(here, join(folder, 'lambda'), 'function');
    await profile('In a function', functions, turnsOfFunctions(functions));
    await functions.close();

    const program = join(folder, 'bin/profile-endpoint.js');
    const endpoint = await opening(
      startEndpointProgram<{ baseUrl: string; token: string }>(program, join(folder, 'local')),
    );
    const send = await clientOf(endpoint.address);
    const local = turnsOf(async (name, from, count) => {
      for (let at = from; at < from + count; at += 1) await send(name, at);
    });
    await profile('In the local endpoint', endpoint, local);
    await endpoint.close();

    if (values.against === undefined) return;
    const bundles = (checkout: string) => join(checkout, 'dist/functions');
    const other = resolve(values.against);
    await compare(await functionsOf(here, bundles(here), 'now'), await functionsOf(other, bundles(other), 'before'));
  } finally {
    for (const measured of opened) await measured.close();
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
