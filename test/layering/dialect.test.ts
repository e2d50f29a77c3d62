import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

const sources = readdirSync(join(root, 'lambda'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
  .map((file) => ({ file, text: readFileSync(join(root, 'lambda', file), 'utf8') }));

/** `file:line` of everything in the functions' sources that a pattern finds. */
function found(pattern: RegExp, but: readonly string[] = []): string[] {
  return sources
    .filter(({ file }) => !but.includes(file))
    .flatMap(({ file, text }) =>
      [...text.matchAll(pattern)].map(({ index }) => `${file}:${text.slice(0, index).split('\n').length}`),
    );
}

test('a guard stands on one line', () => {
  const guards = /^( *)if \((.*)\) \{\n +((?:return|throw|continue|break)\b.*;)\n\1\}\n(?! *else)/gm;
  const short = sources.flatMap(({ file, text }) =>
    [...text.matchAll(guards)]
      .filter(([, indent = '', condition = '', exit = '']) => `${indent}if (${condition}) ${exit}`.length <= 120)
      .map(([guard]) => `${file}: ${guard}`),
  );
  expect(short).toEqual([]);
});

test('what does not fit on the line of its condition stands in braces', () => {
  expect(found(/^ *(?:if|for|while) \([^{\n]*\)\n/gm)).toEqual([]);
});

test('every error that a client can see is made by the catalogue', () => {
  expect(found(/new ScimError\(/g, [join('scim', 'message', 'error.ts')])).toEqual([]);
});

test('the errors that a function throws are in its @throws', () => {
  expect(found(/^ *(?:\/\*)?\*.*(?<!@)\bThrows\b/gm)).toEqual([]);
});
