import { outOfRange } from '../../../lambda/scim/resource/ranges';
import { attributeMap } from '../../../lambda/scim/schema/attribute';
import { defineSchema } from '../../../lambda/scim/schema/definition';
import { resourceView } from '../../../lambda/scim/schema/view';

const { attributes } = defineSchema({
  id: 'urn:example:badge',
  name: 'Badge',
  description: 'A badge',
  attributes: [
    { name: 'level', type: 'integer', description: 'A level.' },
    { name: 'weight', type: 'decimal', description: 'A weight.' },
    { name: 'page', type: 'reference', description: 'A page.' },
    {
      name: 'visits',
      type: 'complex',
      multiValued: true,
      description: 'Visits.',
      subAttributes: [{ name: 'at', type: 'dateTime', description: 'When.' }],
    },
  ],
});
const within = attributeMap(attributes);

test.each([
  ['level', Number('9223372036854775807')],
  ['level', -9007199254740992],
  ['level', 1e200],
  ['weight', 1e126],
  ['weight', -1e200],
  ['weight', 1e-131],
])('%s %d cannot be kept', (name, value) => {
  expect(outOfRange(within, { [name]: value })).toEqual([expect.stringMatching(`^${name} must be an? `)]);
});

test.each([
  ['level', 9007199254740991],
  ['level', 0],
  ['weight', 9.9e125],
  ['weight', -1e-130],
  ['weight', 0.1],
])('%s %d is kept', (name, value) => {
  expect(outOfRange(within, { [name]: value })).toEqual([]);
});

test('a day that is not in the calendar is named by its path', () => {
  const visits = [{ at: '2024-02-29T00:00:00Z' }, { at: '2024-02-30T00:00:00Z' }, { at: '2023-02-29T00:00:00Z' }];
  expect(outOfRange(within, { visits })).toEqual([
    'visits[1].at must be a date that is in the calendar',
    'visits[2].at must be a date that is in the calendar',
  ]);
});

const refused = ['javascript:alert(1)', ' JavaScript:x', 'vbscript:x', 'data:text/html,x'];
const user = resourceView('standard', 'User').attributes;

test.each([...refused, 'data:image/png;base64,AAAA'])('the reference %j is refused, also of an extension', (page) => {
  const expected = 'must be a reference without the scheme javascript, vbscript or data';
  expect(outOfRange(within, { page })).toEqual([`page ${expected}`]);
  expect(outOfRange(user, { profileUrl: page })).toEqual([`profileUrl ${expected}`]);
});

test.each(refused)('the photo %j is refused', (value) => {
  expect(outOfRange(user, { photos: [{ value }] })).toEqual([
    expect.stringMatching(/^photos\[0\].value must be a refer/),
  ]);
});

test.each(['https://a.example/x', 'javascript', 'a/javascript:x', '../x', 'DATA:image/png;base64,AAAA'])(
  'the photo %j is kept',
  (value) => {
    expect(outOfRange(user, { photos: [{ value }] })).toEqual([]);
  },
);
