import { arch, cpus } from 'node:os';

/** The middle of some figures: what else the machine does moves it less than the mean. */
export function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

/** The date, machine and version under which figures were taken. */
export function machine(): string {
  const [first] = cpus();
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${first?.model} (${arch()}), Node ${process.version}`;
}
