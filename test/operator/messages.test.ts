import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../operator');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

test('there are files to examine', () => expect(files).toContain(join('tenants', 'tokens.ts')));

// A console and a library show the same messages; cli/remedy.ts adds the command.
test.each(files)('%s names no command or option of scim-admin', (file) => {
  expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/npx |[\s`'"]--[a-z]/);
});
