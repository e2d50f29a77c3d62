import { arch, cpus } from 'node:os';

/** What a quarter of some figures stays below: what else the machine does only ever adds, here more and there less. */
export function lowerQuartile(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 4)] ?? Number.NaN;
}

/** The date, machine and version under which figures were taken. */
export function machine(): string {
  const [first] = cpus();
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${first?.model} (${arch()}), Node ${process.version}`;
}
