import { randomBytes } from 'node:crypto';
import type { Json } from '../../lambda/scim/json';
import type { BusEvent } from '../../local/event-bus';
import { patchBody, userBody } from '../directory/requests';
import cases from './events.json';
import { eventChecker } from './schemas';
import { openStage, type Stage } from './stage';

type Request = readonly [method: string, path: string, body?: Json];

interface Case {
  readonly name: string;
  readonly given?: readonly Request[];
  readonly request: Request;
  readonly events: readonly Record<string, Json>[];
  /** The members that the event must not have. */
  readonly absent?: readonly string[];
}

let stage: Stage;
const check = eventChecker();
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const byType = (a: { 'detail-type'?: unknown }, b: { 'detail-type'?: unknown }) =>
  String(a['detail-type']) < String(b['detail-type']) ? -1 : 1;

/** Replaces `<0>`, `<tenant>`… by the values of this run. */
function fill<T>(value: T, known: ReadonlyMap<string, Json>): T {
  const text = JSON.stringify(value).replace(/"?<(\w+)>"?/g, (whole, name: string) => {
    const filling = known.get(name);
    if (filling === undefined) throw new Error(`Nothing is known of ${whole}.`);
    return typeof filling === 'string' ? whole.replace(`<${name}>`, filling) : JSON.stringify(filling);
  });
  return JSON.parse(text) as T;
}

test.each(cases as unknown as readonly Case[])('$name', async ({ given = [], request, events, absent = [] }) => {
  const tenantId = `t${randomBytes(5).toString('hex')}`;
  const known = new Map<string, Json>([
    ['tenant', tenantId],
    ['anna', userBody('anna')],
  ]);
  const send = ([method, path, body]: Request) => {
    const sent = Array.isArray(body) ? patchBody(...(body as Record<string, Json>[])) : body;
    return stage.send(tenantId, method, fill(path, known), sent === undefined ? undefined : fill(sent, known));
  };
  for (const [index, each] of given.entries()) known.set(String(index), String((await send(each)).id));
  stage.take();
  stage.events.length = 0;

  known.set('new', String((await send(request)).id));
  // Twice: the function itself deletes the memberships of what was deleted, and these deletions are records too.
  for (const _ of ['of the request', 'of the function']) {
    const { directory, memberships } = stage.take();
    for (const records of [directory, memberships]) expect(await stage.handle(records)).toEqual([]);
  }

  const published: BusEvent[] = [...stage.events].sort(byType);
  expect(published).toMatchObject(fill(events, known));
  expect(published.map(check).filter(Boolean)).toEqual([]);
  for (const { detail } of published) for (const name of absent) expect(detail).not.toHaveProperty(name);
});
