import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { validatorsModule } from '../../../scripts/validators';

const committed = readFileSync(resolve(__dirname, '../../../lambda/scim/generated/validators.js'), 'utf8');

test('the committed validators are those of the schemas: else run `npm run validators`', () => {
  expect(validatorsModule([]) === committed).toBe(true);
});

test('the validators need no part of ajv at run time', () => {
  expect(committed).not.toContain('require(');
});
