import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { ScimError } from '../lambda/scim/message/error';
import { withEngine } from './engine-process';
import { machine } from './figures';
import { type WorstInput, worstInputs } from './worst-inputs';
import { storeInputs } from './worst-store';

/** A function with 1,769 MB has one core, on which the reference loop takes about a quarter of a second. */
const mostLoops = 4;
const mostMegabytes = 200;
/** Changes of many memberships take more for a reason: docs/decisions/store-work.md. */
const manyMemberships = /20,000|10,000 members|changes of 800|groups of 800/;
const mostLoopsForMemberships = 10;
const letters = 'x'.repeat(1_000_000);
const inputs = [...worstInputs, ...storeInputs];

/** CPU time of a step in milliseconds. */
async function cpu(step: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await step();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The reference: each character of 100 MB, looked at once. */
function loop(): number {
  let hash = 0;
  for (let round = 0; round < 100; round += 1) {
    for (let at = 0; at < letters.length; at += 1) hash = (Math.imul(hash, 31) + letters.charCodeAt(at)) | 0;
  }
  return hash;
}

async function outcome({ run }: WorstInput): Promise<string> {
  try {
    const result = await run();
    return typeof result === 'string' ? result : 'done';
  } catch (error) {
    if (error instanceof ScimError) return String(error.status);
    throw error;
  }
}

/** Runs one input and prints its CPU in milliseconds and its answer. */
async function runOne(index: number): Promise<void> {
  const input = inputs[index];
  if (!input) throw new Error(`There is no input ${index}.`);
  let answer = '';
  const milliseconds = await cpu(async () => {
    answer = await outcome(input);
  });
  process.stdout.write(`\nresult ${JSON.stringify({ milliseconds, answer })}\n`);
}

/** A line of V8's trace: how much the heap held before and after a collection, in MB. */
const collection = /ms: (?:Scavenge|Mark-Compact)[^\d]*(?:\([^)]*\) )?([\d.]+) \([\d.]+\) -> ([\d.]+)/g;

interface Measured {
  readonly milliseconds: number;
  readonly answer: string;
  /** The most that the heap held before a collection: what was held, and what was not collected yet. */
  readonly megabytes: number;
}

/** Runs one input in a process of its own, as cold as a new function. */
async function measure(index: number): Promise<Measured> {
  const program = process.argv[1] ?? '';
  const child = spawn(process.execPath, ['--trace-gc', program, String(index)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = await text(child.stdout);
  const found = /^result (.*)$/m.exec(output)?.[1];
  if (!found) throw new Error(`Input ${index} gave no result:\n${output}`);
  const heaps = [...output.matchAll(collection)].map(([, before]) => Number(before));
  return { ...(JSON.parse(found) as Omit<Measured, 'megabytes'>), megabytes: Math.max(0, ...heaps) };
}

/** Measures the inputs whose name matches; one after the other, since some write what others read. */
async function compare(chosen: RegExp): Promise<void> {
  loop();
  const loops: number[] = [];
  for (let at = 0; at < 5; at += 1) loops.push(await cpu(loop));
  const reference = Math.min(...loops);
  process.stdout.write(`${machine()}; the reference loop takes ${reference.toFixed(0)} ms\n`);
  let failed = 0;
  let measured = 0;
  for (const [index, { name }] of inputs.entries()) {
    if (!chosen.test(name)) continue;
    measured += 1;
    const { milliseconds, answer, megabytes } = await measure(index);
    const ratio = milliseconds / reference;
    const isPast =
      ratio > (manyMemberships.test(name) ? mostLoopsForMemberships : mostLoops) || megabytes > mostMegabytes;
    failed += Number(isPast);
    process.stdout.write(
      `${ratio.toFixed(2).padStart(6)} loops ${megabytes.toFixed(0).padStart(4)} MB  ${answer.padEnd(4)} ${name}${isPast ? '  PAST THE BOUND' : ''}\n`,
    );
  }
  process.stdout.write(`${measured} inputs, ${failed} past ${mostLoops} loops or ${mostMegabytes} MB\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Arguments: what the names of the inputs must match, if not all are to run; the number of an input runs it alone, here. */
async function main([chosen = '']: readonly string[]): Promise<void> {
  if (/^\d+$/.test(chosen)) return runOne(Number(chosen));
  await withEngine(async (engine) => {
    await engine.ask('worst');
    await compare(new RegExp(chosen));
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
