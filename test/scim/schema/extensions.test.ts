import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { readExtensions } from '../../../scripts/extensions';
import { besideBundle, generatedModules } from '../../../scripts/generated-modules';
import cases from './extension-files.json';

const root = resolve(__dirname, '..', '..', '..');
const documented = readFileSync(join(root, 'extensions', 'README.md'), 'utf8').match(/```json\n(.*?)```/s)?.[1] ?? '';
const urn = 'urn:example:params:scim:schemas:extension:badge:1.0:User';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scim-extensions-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  let message = '';
  try {
    readExtensions(folder);
  } catch (error) {
    message = error instanceof Error ? error.message : String(error);
  }
  return message.split('\n').slice(1);
}

test.each(cases)('a file that $name is refused', ({ file, problems }) => {
  expect(problemsOf({ 'badge.json': JSON.stringify(file) })).toEqual(problems);
});

test('a file that is not JSON is refused by its name', () => {
  expect(problemsOf({ 'badge.json': '{' })).toEqual([expect.stringMatching(/^badge\.json: is not JSON \(.+\)$/)]);
});

test('two files with the same URN are refused', () => {
  expect(problemsOf({ 'a.json': documented, 'b.json': documented, 'notes.txt': 'not read' })).toEqual([
    `a.json: /schema/id ${urn} is used by more than one file`,
    `b.json: /schema/id ${urn} is used by more than one file`,
  ]);
});

test('a bundle beside the modules of the documented file knows and validates the extension', async () => {
  writeFileSync(join(folder, 'badge.json'), documented);
  const outfile = join(folder, 'bundle.js');
  await build({
    stdin: {
      contents: `
        export { normaliseResource } from './lambda/scim/resource/normalise';
        export { validateResource } from './lambda/scim/resource/validate';
        export { resourceView } from './lambda/scim/schema/view';`,
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
    plugins: [besideBundle()],
  });
  for (const [name, text] of Object.entries(generatedModules(readExtensions(folder)))) {
    writeFileSync(join(folder, name), text);
  }
  const { normaliseResource, validateResource, resourceView } = require(outfile);
  const view = resourceView('standard', 'User');

  const valid = normaliseResource(view, {
    userName: 'a',
    [`${urn}:NUMBER`]: '7',
    [urn]: { issued: '2026-11-24T07:12:45Z' },
  });
  expect(valid).toEqual({ userName: 'a', [urn]: { number: '7', issued: '2026-11-24T07:12:45Z' } });
  expect(() => validateResource(view, valid)).not.toThrow();
  expect(() => validateResource(view, { userName: 'a', [urn]: { number: 7, issued: 'yesterday' } })).toThrow(
    `${urn}:number must be a string, got a number; ${urn}:issued must be a date and time such as 2026-11-24T07:12:45Z`,
  );
  expect(() => validateResource(view, { userName: 'a', [urn]: { issued: '2024-02-30T00:00:00Z' } })).toThrow(
    `${urn}:issued must be a date that is in the calendar.`,
  );
});
