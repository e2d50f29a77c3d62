import { withHint } from '../../cli/remedy';
import { OperatorError } from '../../operator/error';

test('the command that fixes an error follows its message', () => {
  const error = new OperatorError('Token t may not work: revoke it and create another.', {
    remedy: { operation: 'replace token', values: { tenant: 'acme', token: 't' } },
  });
  expect(withHint(error)).toBe(
    'Token t may not work: revoke it and create another. Run "npx scim-admin token revoke acme t", then "npx scim-admin token create acme".',
  );
});

test('an error without a remedy keeps its message', () => {
  expect(withHint(new OperatorError('Nothing to import.'))).toBe('Nothing to import.');
});
