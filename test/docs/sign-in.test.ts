import type { User } from '../../library/directory';
import { userBody } from '../directory/requests';
import { type Opened, openLibrary } from '../library/directory/opened';
import { compileExamples, loadExample, readExamples } from './examples';

const examples = readExamples('docs/sign-in.md', 'example');

test('the example compiles', () => {
  expect(examples.map(({ name }) => name)).toEqual(['findUser']);
  expect(compileExamples(examples)).toBe('');
});

type Claims = Readonly<Record<string, unknown>>;
type FindUser = (connection: Claims, claims: Claims) => Promise<User | undefined>;

describe('the user who signs in', () => {
  let library: Opened;
  let findUser: FindUser;

  beforeAll(async () => {
    library = await openLibrary();
    const openDirectory = () => library.directory;
    const [example = { name: '', source: '' }] = examples;
    findUser = loadExample<FindUser>(example, { 'serverless-scim/directory': { openDirectory } });
  });
  afterAll(() => library.close());

  const bySaml = (tenantId: string) => ({ tenantId, subject: 'nameId', attribute: 'userName' });
  const byOidc = (tenantId: string, subject: 'sub' | 'oid') => ({ tenantId, subject, attribute: 'externalId' });

  /** A tenant with Anna, whom the identity provider knows by an id. */
  async function tenantOf(externalId: string, profile: 'identity-center' | 'standard' = 'identity-center') {
    const { tenantId, send } = await library.createTenant(profile);
    const { body } = await send('POST', '/Users', { ...userBody('anna'), externalId });
    return { tenantId, send, anna: String(body.id) };
  }

  test('Okta, SAML: by the NameID, whatever its letter case', async () => {
    const { tenantId, anna } = await tenantOf('00ujl29u0le5T6Aj10h7');
    expect((await findUser(bySaml(tenantId), { nameId: 'Anna@Example.com' }))?.id).toBe(anna);
  });

  test('Okta, OpenID Connect: by sub, which is the Okta user id', async () => {
    const { tenantId, anna } = await tenantOf('00ujl29u0le5T6Aj10h7');
    expect((await findUser(byOidc(tenantId, 'sub'), { sub: '00ujl29u0le5T6Aj10h7' }))?.id).toBe(anna);
    expect(await findUser(byOidc(tenantId, 'sub'), { sub: '00UJL29U0LE5T6AJ10H7' })).toBeUndefined();
  });

  test('Entra, OpenID Connect: by oid, never by sub', async () => {
    const oid = '5f2b8a6e-1c1d-4f0e-9a53-7f0d9ad4c1aa';
    const claims = { oid, sub: 'bPnSL00SVbZoFB97zHSwi9ksiT4bAzGxL2LKk2oaJcM' };
    const { tenantId, anna } = await tenantOf(oid);
    expect((await findUser(byOidc(tenantId, 'oid'), claims))?.id).toBe(anna);
    expect(await findUser(byOidc(tenantId, 'sub'), claims)).toBeUndefined();
    // The mapping of Microsoft's example.
    const other = await tenantOf('anna');
    expect(await findUser(byOidc(other.tenantId, 'oid'), claims)).toBeUndefined();
  });

  test('who was renamed is found by externalId before and after, by userName only after', async () => {
    const { tenantId, send, anna } = await tenantOf('00u1');
    const renamed = { nameId: 'anna.maria@example.com', sub: '00u1' };
    expect((await findUser(byOidc(tenantId, 'sub'), renamed))?.id).toBe(anna);
    expect(await findUser(bySaml(tenantId), renamed)).toBeUndefined();
    await send('PUT', `/Users/${anna}`, { ...userBody('anna.maria'), externalId: '00u1' });
    expect((await findUser(byOidc(tenantId, 'sub'), renamed))?.id).toBe(anna);
    expect((await findUser(bySaml(tenantId), renamed))?.id).toBe(anna);
  });

  test('nobody, if the claim is missing, the user is disabled or deleted, or belongs to another tenant', async () => {
    const { tenantId, send, anna } = await tenantOf('00u1');
    for (const nameId of [undefined, '', 7, null, ['anna@example.com']]) {
      expect(await findUser(bySaml(tenantId), { nameId })).toBeUndefined();
    }
    const claims = { nameId: 'anna@example.com', sub: '00u1' };
    const { tenantId: other } = await library.createTenant();
    expect(await findUser(bySaml(other), claims)).toBeUndefined();
    await send('PUT', `/Users/${anna}`, { ...userBody('anna'), externalId: '00u1', active: false });
    expect(await findUser(bySaml(tenantId), claims)).toBeUndefined();
    await send('DELETE', `/Users/${anna}`);
    expect(await findUser(byOidc(tenantId, 'sub'), claims)).toBeUndefined();
  });

  test('an externalId of two users is refused, and none of them is picked', async () => {
    const { tenantId, send } = await tenantOf('00u1', 'standard');
    await send('POST', '/Users', { ...userBody('ben'), externalId: '00u1' });
    await expect(findUser(byOidc(tenantId, 'sub'), { sub: '00u1' })).rejects.toMatchObject({ code: 'Ambiguous' });
  });
});
