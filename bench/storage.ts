import { parseArgs } from 'node:util';
import { type EngineProcess, withEngine } from './engine-process';
import { lowerQuartile, machine } from './figures';
import { perTurn, requestsOn } from './storage-requests';
import type { SeededTenant } from './storage-seed';

/**
 * Measures CPU and wall time per request on tenants of growing size in the same tables, each with one group of nearly all
 * its users. Every tenant is there before the first request; then they take turns, kind of request by kind, until all
 * rounds are done or the time is over. Our CPU and the embedded engine's are told apart: it is a process of its own.
 * Sizes are arguments; `--seconds` limits all of it, seeding included. Prints a Markdown table, and exits with 1 when a
 * request grows from 1,000 to 100,000 users by more than the goal or the departure from it that is recorded.
 */
const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '600' } },
  allowPositionals: true,
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [1000, 10_000, 100_000, 1_000_000];
const deadline = performance.now() + Number(values.seconds) * 1000;
const warmUpRounds = 3;
const rounds = 30;
const growthGoal = 1.3;
/** Growth that is more than the goal for a reason: docs/decisions/offset-pages.md. */
const departures: ReadonlyMap<string, number> = new Map([
  ['list, middle page', 1.6],
  ['list, last page', 1.6],
]);
/** Reads every member: it grows with the group. */
const wholeGroup = 'group with members';

interface Cost {
  readonly ours: number;
  readonly engine: number;
  readonly wall: number;
}

type Tenant = { readonly size: number; readonly requests: Awaited<ReturnType<typeof requestsOn>> };

/** Every tenant, seeded, and what is asked of it. */
async function prepare(engine: EngineProcess): Promise<readonly Tenant[]> {
  const tenants: Tenant[] = [];
  for (const size of sizes) {
    tenants.push({ size, requests: await requestsOn(await engine.ask<SeededTenant>(size)) });
    if (performance.now() > deadline) {
      throw new Error(`Seeding took more than ${values.seconds} seconds: give it more, by --seconds, or less to do.`);
    }
  }
  return tenants;
}

async function takeTurn(engine: EngineProcess, tenant: Tenant, name: string, turn: number): Promise<Cost> {
  const count = name === wholeGroup ? 1 : perTurn;
  const before = await engine.ask<number>('cpu');
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  for (let at = 0; at < count; at++) await tenant.requests.get(name)?.(at, turn);
  const { user, system } = process.cpuUsage(cpu);
  const spent = performance.now() - wall;
  const after = await engine.ask<number>('cpu');
  return { ours: (user + system) / 1000 / count, engine: (after - before) / 1000 / count, wall: spent / count };
}

/** By name and size, over the rounds that were done. */
interface Figures {
  readonly rounds: number;
  readonly costs: ReadonlyMap<string, ReadonlyMap<number, Cost>>;
}

async function measure(engine: EngineProcess, tenants: readonly Tenant[]): Promise<Figures> {
  const names = [...(tenants[0]?.requests.keys() ?? [])];
  const costs = new Map(names.map((name) => [name, new Map<number, Cost[]>(sizes.map((size) => [size, []]))]));
  let round = 0;
  for (; round < rounds + warmUpRounds && performance.now() < deadline; round++) {
    for (const name of names) {
      for (const tenant of tenants) {
        const cost = await takeTurn(engine, tenant, name, round);
        if (round >= warmUpRounds) costs.get(name)?.get(tenant.size)?.push(cost);
      }
    }
  }
  const typical = (list: readonly Cost[]): Cost => {
    const of = (part: keyof Cost) => lowerQuartile(list.map((cost) => cost[part]));
    return { ours: of('ours'), engine: of('engine'), wall: of('wall') };
  };
  if (round <= warmUpRounds) throw new Error(`${values.seconds} seconds were over before anything was counted.`);
  return {
    rounds: round - warmUpRounds,
    costs: new Map(
      [...costs].map(([name, bySize]) => [name, new Map([...bySize].map(([size, list]) => [size, typical(list)]))]),
    ),
  };
}

function print({ rounds: done, costs }: Figures): void {
  const [small, large] = [1000, 100_000];
  const shown = (size: number) => size.toLocaleString('en');
  console.log(`${machine()}; ${done} rounds\n`);
  console.log(
    `| CPU ours + engine, wall; ms | ${sizes.map(shown).join(' | ')} | ours, ${shown(large)} : ${shown(small)} | with the engine |`,
  );
  console.log(`| --- | ${sizes.map(() => '---').join(' | ')} | --- | --- |`);
  for (const [name, bySize] of costs) {
    const cells = [...bySize.values()].map(
      ({ ours, engine, wall }) => `${ours.toFixed(1)} + ${engine.toFixed(1)}, ${wall.toFixed(1)}`,
    );
    const [first, last] = [bySize.get(small), bySize.get(large)];
    const ratios =
      first && last
        ? [last.ours / first.ours, (last.ours + last.engine) / (first.ours + first.engine)].map((ratio) =>
            judge(name, ratio),
          )
        : ['–', '–'];
    console.log(`| ${name} | ${cells.join(' | ')} | ${ratios.join(' | ')} |`);
  }
}

function judge(name: string, ratio: number): string {
  const shown = ratio.toFixed(2);
  if (name === wholeGroup || ratio <= growthGoal) return shown;
  const departure = departures.get(name);
  if (departure !== undefined && ratio <= departure) return `${shown}, over ${growthGoal}, within ${departure}`;
  process.exitCode = 1;
  return `${shown}, over ${departure ?? growthGoal}`;
}

async function main(): Promise<void> {
  await withEngine(async (engine) => print(await measure(engine, await prepare(engine))));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
