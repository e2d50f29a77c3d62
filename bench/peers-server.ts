/** What a server under measurement tells its parent: where it is, then its CPU time whenever it is asked. */
export interface Address {
  readonly baseUrl: string;
  readonly token: string;
}

/** Microseconds of CPU, of all threads. */
export type CpuTime = number;

/** Tells the parent where the server is, and answers every message with the CPU time used so far. */
export function report(address: Address): void {
  process.send?.(address);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
}
