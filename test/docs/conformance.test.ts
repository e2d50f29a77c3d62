import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conformanceDocument } from '../../scripts/conformance-doc';

test('docs/conformance.md is up to date: npm run conformance-doc', () => {
  expect(readFileSync(join(__dirname, '../../docs/conformance.md'), 'utf8')).toBe(conformanceDocument());
});
