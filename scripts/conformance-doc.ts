import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '..');

interface Deviation {
  readonly section: string;
  readonly what: string;
  readonly why: string;
}

/** What a case file counts towards: each section it cites, and how many cases it has for it. */
type Counts = Map<string, { cases: number; readonly files: Set<string> }>;

/** The text of docs/conformance.md, from the case files and docs/deviations.json. */
export function conformanceDocument(): string {
  const counts: Counts = new Map();
  for (const file of jsonFiles(join(root, 'test', 'scim'))) countCases(counts, file);
  for (const folder of ['test/cases', 'traffic/clients']) {
    for (const file of jsonFiles(join(root, folder))) countFlow(counts, file);
  }
  const rows = [...counts]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([section, { cases, files }]) => `| ${section} | ${cases} | ${[...files].sort().map(link).join(', ')} |`);
  const deviations = JSON.parse(readFileSync(join(root, 'docs', 'deviations.json'), 'utf8')) as readonly Deviation[];
  return `# Conformance

Written by \`npm run conformance-doc\` from the case files; a test fails when it is not up to date. \`npm run test:conformance\` lets
scim2-tester judge the running endpoint as well.

## Deliberate deviations, and what the RFCs leave open

| section | what | why |
| --- | --- | --- |
${deviations.map(({ section, what, why }) => `| ${section} | ${what} | ${why} |`).join('\n')}

## Cases by source

A case is one filter, path, PATCH message or, in the traffic of clients and the cases over HTTP, one step with its assertions. One
that cites two sections counts for both.

| source | cases | files |
| --- | --- | --- |
${rows.join('\n')}
`;
}

function jsonFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name))
    .sort();
}

function countCases(counts: Counts, file: string): void {
  const cases: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(cases)) return;
  for (const { section } of cases as { section?: string }[]) {
    if (typeof section === 'string') count(counts, section, 1, file);
  }
}

function countFlow(counts: Counts, file: string): void {
  const { source, setup, steps } = JSON.parse(readFileSync(file, 'utf8')) as {
    source?: readonly string[];
    setup?: readonly unknown[];
    steps?: readonly unknown[];
  };
  for (const section of source ?? []) count(counts, section, (setup ?? []).length + (steps ?? []).length, file);
}

function count(counts: Counts, section: string, cases: number, file: string): void {
  const known = counts.get(section) ?? { cases: 0, files: new Set<string>() };
  known.cases += cases;
  known.files.add(relative(root, file));
  counts.set(section, known);
}

function link(file: string): string {
  return `[${file.replace(/^(test\/scim|test\/cases|traffic\/clients)\//, '').replace(/(\.cases)?\.json$/, '')}](../${file})`;
}

if (require.main === module) writeFileSync(join(root, 'docs', 'conformance.md'), conformanceDocument());
