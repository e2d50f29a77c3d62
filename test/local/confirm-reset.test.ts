import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { confirmReset } from '../../local/confirm-reset';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-reset-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A terminal with one typed line, or the end of the input. */
function terminal(typed: string) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.end(typed);
  return { input, output: new PassThrough() };
}

test('only yes lets it delete data', async () => {
  await writeFile(join(folder, 'endpoint.json'), '{}');
  const yes = terminal('yes\n');
  await expect(confirmReset(folder, yes)).resolves.toBeUndefined();
  expect(String(yes.output.read())).toContain(`tokens in ${folder}; it cannot be undone. Type yes to confirm: `);
  for (const typed of ['no\n', '\n', '']) {
    await expect(confirmReset(folder, terminal(typed))).rejects.toThrow('Nothing was deleted');
  }
});

test('without data there is nothing to ask', async () => {
  const asked = terminal('');
  await expect(confirmReset(folder, asked)).resolves.toBeUndefined();
  expect(asked.output.read()).toBeNull();
});
