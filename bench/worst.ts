import { ScimError } from '../lambda/scim/message/error';
import { machine } from './figures';
import { type WorstInput, worstInputs } from './worst-inputs';

/** A function with 1,769 MB has one core, on which the reference loop takes about a quarter of a second. */
const mostLoops = 4;
const mostMegabytes = 200;
const text = 'x'.repeat(1_000_000);

/** CPU time of a step in milliseconds. */
function cpu(step: () => unknown): number {
  const start = process.cpuUsage();
  step();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The reference: each character of 100 MB, looked at once. */
function loop(): number {
  let hash = 0;
  for (let round = 0; round < 100; round += 1) {
    for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  }
  return hash;
}

function outcome({ run }: WorstInput): string {
  try {
    run();
    return 'done';
  } catch (error) {
    if (error instanceof ScimError) return String(error.status);
    throw error;
  }
}

function main(): void {
  loop();
  const reference = Math.min(...[1, 2, 3, 4, 5].map(() => cpu(loop)));
  process.stdout.write(`${machine()}; the reference loop takes ${reference.toFixed(0)} ms\n`);
  let failed = 0;
  for (const input of worstInputs) {
    const before = process.memoryUsage().heapUsed;
    let answer = '';
    const loops =
      cpu(() => {
        answer = outcome(input);
      }) / reference;
    const megabytes = Math.max(0, process.memoryUsage().heapUsed - before) / 2 ** 20;
    const isPast = loops > mostLoops || megabytes > mostMegabytes;
    failed += Number(isPast);
    process.stdout.write(
      `${loops.toFixed(2).padStart(6)} loops ${megabytes.toFixed(0).padStart(4)} MB  ${answer.padEnd(4)} ${input.name}${isPast ? '  PAST THE BOUND' : ''}\n`,
    );
  }
  process.stdout.write(`${worstInputs.length} inputs, ${failed} past ${mostLoops} loops or ${mostMegabytes} MB\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}

main();
