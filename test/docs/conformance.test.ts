import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conformanceDocument } from '../../scripts/conformance-doc';

test('docs/conformance.md is what the case files say: npm run conformance-doc', () => {
  expect(readFileSync(join(__dirname, '../../docs/conformance.md'), 'utf8')).toBe(conformanceDocument());
});
