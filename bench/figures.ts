import { arch, cpus } from 'node:os';

/** The lower quartile of some figures, because other load only makes them larger. */
export function lowerQuartile(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 4)] ?? Number.NaN;
}

/** Date, machine and Node version of a measurement. */
export function machine(): string {
  const [first] = cpus();
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${first?.model} (${arch()}), Node ${process.version}`;
}
