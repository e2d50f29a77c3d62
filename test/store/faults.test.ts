import { randomBytes } from 'node:crypto';
import type { Json } from '../../lambda/scim/json';
import type { Tables } from '../../lambda/store/tables';
import { userBody } from '../directory/requests';
import { clientOf, endLeases, sweepAll } from './client';
import { type Fault, faults, faulty } from './faults';
import cases from './faults.json';
import { type OpenTables, openTables } from './open-tables';
import { recount } from './recount';

const profile = 'identity-center';

type Scenario = Omit<(typeof cases)[number], 'body'> & { readonly body?: Json };

let open: OpenTables;

/** A tenant with users anna and ben, a group of anna, and, on request, a user cleo who is deleted. */
async function populate(tenantId: string, withDeleted: boolean): Promise<ReadonlyMap<string, string>> {
  const send = clientOf(open.tables, tenantId, profile);
  const create = async (path: string, body: Json) => String((await send('POST', path, body)).body.id);
  const [anna, ben] = [await create('/Users', userBody('anna')), await create('/Users', userBody('ben'))];
  const staff = await create('/Groups', { displayName: 'Staff', members: [{ value: anna }] });
  const cleo = withDeleted ? await create('/Users', userBody('cleo')) : '';
  if (withDeleted) {
    await send('DELETE', `/Users/${cleo}`);
    await sweepAll(open.tables, tenantId);
  }
  return new Map([
    ['<anna>', anna],
    ['<cleo>', cleo],
    ['<ben>', ben],
    ['<staff>', staff],
  ]);
}

function fill(text: string, ids: ReadonlyMap<string, string>): string {
  return text
    .replace('"<user zoe>"', JSON.stringify(userBody('zoe')))
    .replace(/<\w+>/g, (name) => ids.get(name) ?? name);
}

/** A scenario as requests to a tenant of its own. */
async function prepare({ method, ...scenario }: Scenario) {
  const tenantId = `tenant${randomBytes(3).toString('hex')}`;
  const ids = await populate(tenantId, JSON.stringify(scenario).includes('<cleo>'));
  const path = fill(scenario.path, ids);
  const body = scenario.body === undefined ? undefined : JSON.parse(fill(JSON.stringify(scenario.body), ids));
  const send = (tables: Tables, ifMatch?: string) =>
    clientOf(tables, tenantId, profile)(method, path, body, ifMatch === undefined ? {} : { 'if-match': ifMatch });
  const show = () => clientOf(open.tables, tenantId, profile)('GET', path);
  return { tenantId, send, show };
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

/** The items of a tenant, and the representation of the resource in the request, without its version. */
async function look({ tenantId, show }: Prepared) {
  const { meta: _, ...shown } = (await show()).body;
  return { ...(await recount(open.tables, tenantId, profile)), shown };
}

/**
 * Repeats a request as the client does after a failure. With If-Match it first reads the version again, if that has
 * changed.
 */
async function sendAgain({ send, show }: Prepared, ifMatch: string | undefined): Promise<number> {
  const { status } = await send(open.tables, ifMatch);
  return status === 412 ? (await send(open.tables, (await show()).headers.ETag)).status : status;
}

/**
 * Sends a scenario's request with a fault at one call, and then repeats it as a client would. Returns false if it made
 * fewer calls.
 */
async function runWith(fault: Fault, at: number, scenario: Scenario): Promise<boolean> {
  const { ifMatch, done, again, names, memberships, shows = {} } = scenario;
  const prepared = await prepare(scenario);
  const before = ifMatch === undefined ? undefined : await look(prepared);
  const broken = faulty(open.tables, fault, at);
  const { status } = await prepared.send(broken.tables, ifMatch);
  expect([...done, 429, 500, ...(before ? [412] : [])]).toContain(status);
  const between = await look(prepared);
  expect({ at, differences: between.differences }).toEqual({ at, differences: [] });
  if (status === 412) expect({ at, ...between }).toEqual({ at, ...before });

  await endLeases(open.tables, prepared.tenantId);
  if (!done.includes(status)) expect(again).toContain(await sendAgain(prepared, ifMatch));
  await sweepAll(open.tables, prepared.tenantId);
  expect({ at, ...(await look(prepared)) }).toEqual({
    at,
    names: [...names].sort(),
    memberships: [...memberships].sort(),
    hidden: 0,
    differences: [],
    shown: expect.objectContaining(shows),
  });
  return broken.happened();
}

describe.each(faults)('%s at each call in turn', (fault) => {
  beforeEach(async () => {
    open = await openTables();
  });
  afterEach(() => open.close());

  test.each(cases as readonly Scenario[])(
    '$request: the client hears the truth, and its retry completes it',
    async ({ ...scenario }) => {
      let at = 1;
      while (await runWith(fault, at, scenario)) at++;
      expect(at).toBeGreaterThan(1);
    },
  );
});
