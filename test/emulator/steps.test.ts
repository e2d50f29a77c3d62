import { PassThrough } from 'node:stream';
import { progressIn } from '../../emulator/cdk';
import { showSteps } from '../../emulator/steps';

/** What a step prints that reports how far it is, after 3 seconds. */
async function printed(isTTY: boolean, work = async () => 'result'): Promise<string> {
  const output = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY });
  let now = 0;
  const step = showSteps(output, () => now);
  await step('Deploying', (reached) => {
    reached('3/66 resources');
    now = 3_000;
    return work();
  }).catch(() => undefined);
  return output.read() as string;
}

test('without a terminal a step is a line at its start and one at its end', async () => {
  expect(await printed(false)).toBe('Deploying …\nDeploying: done after 3 s\n');
});

test('on a terminal a step is one line, rewritten with how far it is', async () => {
  const lines = (await printed(true)).split('\r\u001b[K');
  expect(lines).toEqual(['', 'Deploying … 0 s', 'Deploying … 3/66 resources, 0 s', 'Deploying: done after 3 s\n']);
});

test.each([true, false])('a step that fails is not reported as done (terminal: %p)', async (isTTY) => {
  expect(await printed(isTTY, () => Promise.reject(new Error('failed')))).not.toContain('done');
});

test.each([
  ['ServerlessScim |   3/66 | 1:46:25 AM | CREATE_COMPLETE | AWS::SQS::Queue | Endpoint/Queue', '3/66'],
  ['ServerlessScim: deploying... [1/1]', undefined],
  ['', undefined],
])('the progress in %p is %p', (line, progress) => {
  expect(progressIn(line)).toBe(progress);
});
