import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exports as published } from '../../package.json';
import { type Declarations, declarationsOfLibrary, entryPoints } from '../../scripts/declarations';

let folder: string;
let declarations: readonly Declarations[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scim-declarations-'));
  declarations = declarationsOfLibrary(folder);
});

afterAll(() => rmSync(folder, { recursive: true }));

test('every file of library/ is an entry point of the package, and has declarations', () => {
  const paths = Object.keys(published).map((path) => path.replace('./', ''));
  expect(paths).toEqual(expect.arrayContaining(entryPoints));
  const names = declarations.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(entryPoints.map((entry) => `library/${entry}`)));
});

test('the declarations import each other, and of packages only the client of DynamoDB', () => {
  // An example in a comment is indented.
  const imports = declarations.flatMap(({ text }) => [...text.matchAll(/^(?:import|export) .*from ['"]([^'"]+)/gm)]);
  const packages = imports.map(([, from = '']) => from).filter((from) => !from.startsWith('.'));
  expect(new Set(packages)).toEqual(new Set(['@aws-sdk/client-dynamodb']));
});

test('an import in an ES module names a file', () => {
  const imports = declarations.flatMap(({ moduleText }) => [...moduleText.matchAll(/from ['"](\.[^'"]+)/g)]);
  expect(imports.length).toBeGreaterThan(10);
  expect(imports.filter(([, from = '']) => !from.endsWith('.js'))).toEqual([]);
});
