import type { JsonObject } from '../../../lambda/scim/json';
import { sorter } from '../../../lambda/scim/resource/sort';
import cases from './sort.json';
import { viewOf } from './views';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const users: readonly JsonObject[] = [
  {
    id: 'a',
    userName: 'alpha',
    externalId: 'a',
    title: 'z',
    name: { familyName: 'Zed' },
    active: true,
    emails: [{ value: 'z' }, { value: 'b', primary: true }],
    meta: { lastModified: '2026-01-02T00:00:00Z' },
    [enterprise]: { department: 'Ops' },
  },
  {
    id: 'b',
    userName: 'Beta',
    externalId: 'B',
    name: { familyName: 'young' },
    active: true,
    emails: [{ value: 'A' }],
    meta: { lastModified: '2026-01-02T01:00:00.001Z' },
    [enterprise]: { department: 'dev' },
  },
  {
    id: 'c',
    userName: 'gamma',
    title: 'Y',
    name: { familyName: 'Xi' },
    active: false,
    emails: [{ value: 'c' }, { value: 'a' }],
    meta: { lastModified: '2026-01-02T01:00:00+00:00' },
  },
  {
    id: 'd',
    userName: 'OMEGA',
    externalId: 'b',
    name: { familyName: 'with' },
    meta: { lastModified: '2026-01-02T01:00:00+02:00' },
  },
];

test.each(cases)('$name', ({ sortBy, descending = false, order, error }) => {
  const act = () => [...users].sort(sorter(viewOf({}), sortBy, descending)).map(({ id }) => id);
  if (error) expect(act).toThrow(expect.objectContaining({ scimType: 'invalidValue', detail: error }));
  else expect(act()).toEqual(order);
});
