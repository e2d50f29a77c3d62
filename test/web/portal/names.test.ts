import { fillNames } from '../../../web/portal/names';

const names = { productName: 'the product', operatorName: 'the operator' };

test.each([
  ['{operator} sent it to {operator}.', 'The operator sent it to the operator.'],
  ['Six digits. {operator} sent them.', 'Six digits. The operator sent them.'],
  ['Open {product} in Okta', 'Open the product in Okta'],
  ['{userName} is no name of ours', '{userName} is no name of ours'],
])('%s', (text, filled) => {
  expect(fillNames(text, names)).toBe(filled);
});

test('what a name consists of is not filled in again', () => {
  expect(fillNames('{product}', { productName: '{operator} $&', operatorName: 'x' })).toBe('{operator} $&');
});
