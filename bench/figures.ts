import { arch, cpus } from 'node:os';

/** The middle of some figures: what else the machine does moves it less than the mean. */
export const median = (figures: readonly number[]): number => quantile(figures, 1 / 2);

/** What a quarter of some figures stays below: what else the machine does only ever adds. */
export const lowerQuartile = (figures: readonly number[]): number => quantile(figures, 1 / 4);

function quantile(figures: readonly number[], part: number): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length * part)] ?? Number.NaN;
}

/** The date, machine and version under which figures were taken. */
export function machine(): string {
  const [first] = cpus();
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${first?.model} (${arch()}), Node ${process.version}`;
}
