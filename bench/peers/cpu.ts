import { readdirSync, readFileSync } from 'node:fs';

/** Linux reports CPU in ticks of 10 ms (USER_HZ) on every architecture. */
const millisecondsPerTick = 10;

interface ProcessTimes {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

/** Fields of `/proc/<pid>/stat`; the name before them may contain spaces. Includes children that have ended. */
function readTimes(pid: number): ProcessTimes | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { pid, parent: Number(fields[1]), ticks };
  } catch {
    return undefined; // It has ended.
  }
}

/**
 * CPU that processes and all their descendants have used so far, in milliseconds: user and system, all threads.
 * @throws Error on systems without `/proc`
 */
export function cpuTime(roots: readonly number[]): number {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readTimes(Number(name)) ?? []);
  const children = groupByParent(all);
  const pending = all.filter(({ pid }) => roots.includes(pid));
  let ticks = 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    ticks += next.ticks;
    pending.push(...(children.get(next.pid) ?? []));
  }
  return ticks * millisecondsPerTick;
}

function groupByParent(all: readonly ProcessTimes[]): ReadonlyMap<number, readonly ProcessTimes[]> {
  const groups = new Map<number, ProcessTimes[]>();
  for (const one of all) groups.set(one.parent, [...(groups.get(one.parent) ?? []), one]);
  return groups;
}
