import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { version } from '../package.json';
import { type Step, verify } from '../verify/verify';

const needed = ['SCIM_BASE_URL', 'SCIM_TOKEN', 'SCIM_TEST_USER', 'SCIM_TEST_GROUP'] as const;

/** Watches what a real tenant of an identity provider does to an endpoint, and writes a dated file of evidence. */
async function main(name: string | undefined): Promise<void> {
  if (name !== 'okta' && name !== 'entra') throw new Error('Say which identity provider: okta or entra.');
  const missing = needed.filter((variable) => !process.env[variable]);
  if (missing.length > 0) throw new Error(`Set ${missing.join(', ')} first: docs/works-with.md says to what.`);
  const [baseUrl = '', token = '', userName = '', groupName = ''] = needed.map((variable) => process.env[variable]);
  const steps = JSON.parse(readFileSync(join(__dirname, '..', 'verify', `${name}.json`), 'utf8')) as Step[];
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const session = {
    ask: async (what: string) => {
      await lines.question(`\n${what}\nPress Enter when that is done. `);
    },
    say: (line: string) => console.error(line),
    waitSeconds: 600,
    pauseSeconds: 5,
  };
  const evidence = await verify({ name, version }, steps, { baseUrl, token, userName, groupName }, session).finally(
    () => lines.close(),
  );
  const file = `${name}-${evidence.started.slice(0, 10)}.json`;
  writeFileSync(file, `${JSON.stringify(evidence, undefined, 2)}\n`);
  console.log(`${evidence.passed ? 'Passed' : 'FAILED'}: the evidence is in ${file}.`);
  process.exitCode = evidence.passed ? 0 : 1;
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
