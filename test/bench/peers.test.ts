import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { SeededPeer } from '../../bench/peers/client';
import { seed } from '../../bench/peers/client';
import { cpuTime } from '../../bench/peers/cpu';
import { takeTurn } from '../../bench/peers/measure';
import { addInParallel } from '../../bench/peers/parallel';
import { kinds } from '../../bench/peers/requests';
import { type Endpoint, startEndpoint } from '../../local/endpoint';

// CPU is read from /proc, which only Linux has.
(process.platform === 'linux' ? describe : describe.skip)('the benchmark of peers, which needs Linux', () => {
  let endpoint: Endpoint;
  let seeded: SeededPeer;

  beforeAll(async () => {
    endpoint = await startEndpoint({ profile: 'standard' });
    const address = await endpoint.firstTenant();
    const peer = { name: 'ours', ...address, processes: [process.pid], stop: () => endpoint.close() };
    seeded = { peer, users: [], group: '', members: 0, created: 0, disabled: new Set() };
    await seed(seeded, 20);
  });

  afterAll(() => endpoint.close());

  test.each(Object.keys(kinds))('a turn of "%s" counts its requests, their time and their CPU', async (kind) => {
    const cost = await takeTurn(seeded, { kind, from: 0, requests: 4, parallel: 2, patience: 60_000 });
    expect(cost.requests).toBe(4);
    expect(cost.latencies.every((milliseconds) => milliseconds > 0)).toBe(true);
    expect(cost.cpu).toBeGreaterThanOrEqual(0);
  });

  test('a turn ends when there is nobody left to add', async () => {
    const cost = await takeTurn(seeded, {
      kind: 'add one member',
      from: 2,
      requests: 50,
      parallel: 8,
      patience: 60_000,
    });
    expect(cost.requests).toBe(2);
  });

  test('no member is lost when 20 are added at once', async () => {
    expect(await addInParallel(seeded)).toBe('20 of 20 accepted, 0 of these lost');
  });

  test('the CPU of a process includes that of its children', async () => {
    const burn = 'const end = process.cpuUsage().user + 300000; while (process.cpuUsage().user < end);';
    const program = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(burn)}])
    .on('exit', () => console.log('done')); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(parent.stdout, 'data');
    expect(cpuTime([parent.pid ?? 0])).toBeGreaterThanOrEqual(300);
    parent.kill();
    await once(parent, 'exit');
  });
});
