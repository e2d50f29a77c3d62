/** Messages of a measured server to its parent: its address, then its CPU time on request. */
export interface Address {
  readonly baseUrl: string;
  readonly token: string;
}

/** Microseconds of CPU, of all threads. */
export type CpuTime = number;

/** Sends the parent the server's address, and replies to every message with the CPU time used so far. */
export function report(address: Address): void {
  process.send?.(address);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
}
