import { readFileSync } from 'node:fs';
import type { Example } from '../docs/examples';
import { sourcesOf } from '../layering/sources';

/** A declaration with its docstring. */
export interface Documented {
  readonly file: string;
  /** The name of what is declared: a function, a class, an interface or one of its methods. */
  readonly name: string;
  readonly docstring: string;
}

/** The docstrings in folders of the repository, with what each is about. */
export function docstrings(...folders: readonly string[]): readonly Documented[] {
  return sourcesOf(...folders).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const blocks = text.matchAll(
      /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+(?:export )?(?:abstract |async )*(?:(?:function|class|interface|type|const) )?(\w+)/g,
    );
    return [...blocks].map(([, docstring = '', name = '']) => ({ file, name, docstring }));
  });
}

/** The examples in docstrings: each is a module. */
export function documentedExamples(): readonly (Example & { readonly file: string })[] {
  return docstrings('library').flatMap(({ file, name, docstring }) =>
    docstring
      .split(/^ *\* @/m)
      .filter((part) => part.startsWith('example'))
      .map((part) => {
        const [, ...lines] = part.split('\n');
        return { file, name, source: lines.map((line) => line.replace(/^ *\* ?/, '')).join('\n') };
      }),
  );
}

/** What the entries of the library export, types included. */
export function exportedNames(): ReadonlySet<string> {
  const entries = sourcesOf('library').filter(
    (file) => /^library\/[^/]+\.ts$/.test(file) && !file.endsWith('errors.ts'),
  );
  return new Set(
    entries.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = '']) =>
        names
          .split(',')
          .map((name) => name.replace(/\btype\b/, '').trim())
          .filter(Boolean),
      ),
    ),
  );
}
