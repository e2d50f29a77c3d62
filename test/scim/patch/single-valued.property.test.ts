import fc from 'fast-check';
import { applyPatch } from '../../../lambda/scim/patch/apply';
import { parsePatch } from '../../../lambda/scim/patch/operations';
import type { Resource } from '../../../lambda/scim/resource/resource';
import { resourceView } from '../../../lambda/scim/schema/view';

const user = resourceView('standard', 'User');
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Ways to write the path to an attribute, and the place of its value. */
const places = [
  { paths: ['title', 'TITLE', `${core}:title`], at: ['title'] },
  { paths: ['nickName', `${core}:nickname`], at: ['nickName'] },
  { paths: ['name.givenName', 'Name.GivenName', `${core}:name.givenName`], at: ['name', 'givenName'] },
  { paths: ['name.familyName', 'name.familyname'], at: ['name', 'familyName'] },
  { paths: [`${enterprise}:department`, `${enterprise.toUpperCase()}:DEPARTMENT`], at: [enterprise, 'department'] },
  { paths: [`${enterprise}:division`], at: [enterprise, 'division'] },
] as const;

const operation = fc
  .record({
    place: fc.constantFrom(...places),
    way: fc.nat(),
    op: fc.constantFrom('add', 'Replace', 'remove'),
    value: fc.constantFrom('x', 'y', '', null),
    pathless: fc.boolean(),
  })
  .map(({ place: { paths, at }, way, op, value, pathless }) => {
    const path = paths[way % paths.length] ?? paths[0];
    if (op === 'remove') return { key: at.join(' '), value: '', sent: { op, path } };
    return {
      key: at.join(' '),
      value: value ?? '',
      sent: pathless ? { op, value: { [path]: value } } : { op, path, value },
    };
  });

/** The resource with the last value sent to each place. */
function resourceOf(values: ReadonlyMap<string, string>): Resource {
  const resource: { [name: string]: string | { [name: string]: string } } = { userName: 'u' };
  for (const [key, value] of values) {
    const [name = '', sub] = key.split(' ');
    const holder = resource[name];
    if (value !== '') {
      resource[name] = sub === undefined ? value : { ...(typeof holder === 'object' ? holder : {}), [sub]: value };
    }
  }
  return resource;
}

test('of all operations on a single value the last one decides, however its path is written', () => {
  fc.assert(
    fc.property(
      fc.array(operation, { maxLength: 10 }),
      fc.array(operation, { maxLength: 10 }),
      (before, operations) => {
        const start = resourceOf(new Map(before.map(({ key, value }) => [key, value])));
        const parsed = parsePatch(user, { Operations: operations.map(({ sent }) => sent) });
        const expected = resourceOf(new Map([...before, ...operations].map(({ key, value }) => [key, value])));
        expect(applyPatch(user, start, parsed)).toEqual(expected);
      },
    ),
    { numRuns: 1000 },
  );
});
