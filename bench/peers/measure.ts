import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SeededPeer, send } from './client';
import { cpuTime } from './cpu';
import { kinds } from './requests';

/** What some requests of one kind cost. */
export interface Cost {
  readonly requests: number;
  /** Milliseconds of all processes of the peer. */
  readonly cpu: number;
  /** Milliseconds of each request. */
  readonly latencies: readonly number[];
}

export interface Turn {
  readonly kind: string;
  /** Number of its first request. */
  readonly from: number;
  readonly requests: number;
  /** How many are under way at a time. */
  readonly parallel: number;
  /** Milliseconds after which no further request is sent. */
  readonly patience: number;
}

/** Milliseconds for what a peer does after its last response, which counts as well. */
const aftermath = 500;

/** Sends requests of one kind to a peer, some at a time. */
export async function takeTurn(seeded: SeededPeer, turn: Turn): Promise<Cost> {
  const latencies: number[] = [];
  // Connections of its own: between two turns a server may close one that is idle.
  const agent = new Agent({ keepAlive: true });
  const end = performance.now() + turn.patience;
  const before = cpuTime(seeded.peer.processes);
  let next = turn.from;
  const work = async () => {
    while (next < turn.from + turn.requests && performance.now() < end) {
      const sent = kinds[turn.kind]?.(seeded, next++);
      if (!sent) return;
      const began = performance.now();
      await send(seeded.peer, sent, agent);
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: turn.parallel }, work));
  await sleep(aftermath);
  const cpu = cpuTime(seeded.peer.processes) - before;
  agent.destroy();
  return { requests: latencies.length, cpu, latencies };
}

/** Several costs as one. */
export function sum(costs: readonly Cost[]): Cost {
  return {
    requests: costs.reduce((total, { requests }) => total + requests, 0),
    cpu: costs.reduce((total, { cpu }) => total + cpu, 0),
    latencies: costs.flatMap(({ latencies }) => latencies),
  };
}

/** A quantile of the latencies, in milliseconds. */
export function latency({ latencies }: Cost, quantile: number): number {
  const sorted = [...latencies].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * quantile), sorted.length - 1)] ?? Number.NaN;
}
