import { readImage } from '../lambda/changes/image';
import { normaliseResource } from '../lambda/scim/resource/normalise';
import { resourceView } from '../lambda/scim/schema/view';
import { type Item, resourceItem, toStoredResource } from '../lambda/store/items';
import { fromWire, toAttributes, toWire } from '../lambda/store/wire';
import { userBody } from '../test/directory/requests';
import { itemSize } from '../test/store/item-size';
import { lowerQuartile, machine } from './figures';
import { moreOf } from './format-users';

/**
 * Compares a user that is stored as a native map with the same one as a JSON string: bytes, and CPU of reading it from
 * DynamoDB's response and of making the request that writes it; the two take turns. Prints Markdown.
 */
const collection = { tenantId: 'tenantaaaaaa', type: 'User' } as const;
const pageSize = 100;
const rounds = 30;
/** About how long a turn takes, in milliseconds. */
const turn = 8;

/** A way to store a resource: the attribute that is stored, and the item with what is read of it. */
interface Format {
  readonly store: (item: Item) => Item;
  readonly load: (item: Item) => Item;
}

const formats: readonly Format[] = [
  { store: (item) => item, load: (item) => item },
  {
    store: (item) => ({ ...item, resource: JSON.stringify(item.resource) }),
    load: (item) => ({ ...item, resource: JSON.parse(String(item.resource)) }),
  },
];

function userOf(more: (typeof moreOf)[string]): Item {
  const resource = normaliseResource(resourceView('standard', 'User'), userBody('anna', more));
  const time = '2026-11-27T10:00:00.000Z';
  const by = { request: '8f7a2f4e-6a0b-4c7f-9d31-0f6f5a1d2b3c', credential: 'tokenaaaaaaa', method: 'PATCH' };
  const id = '26118915-6090-4610-87e4-49d8ca9f808d';
  return resourceItem(collection, { id, version: 3, created: time, modified: time, resource, by });
}

const list = <Value>(value: Value): readonly Value[] => Array.from({ length: pageSize }, () => value);

/** What is done to a user, by name, from the text that arrives or to the text that is sent. */
function worksOf(user: Item, { store, load }: Format): ReadonlyMap<string, () => unknown> {
  const stored = store(user);
  const wire = toAttributes(stored);
  const item = JSON.stringify({ Item: wire });
  const page = JSON.stringify({ Items: list(wire) });
  const record = JSON.stringify({ OldImage: wire, NewImage: wire });
  return new Map<string, () => unknown>([
    ['get', () => toStoredResource(load((fromWire(JSON.parse(item)) as { Item: Item }).Item))],
    [
      'list of 100',
      () => (fromWire(JSON.parse(page)) as { Items: Item[] }).Items.map((one) => toStoredResource(load(one))),
    ],
    ['put', () => JSON.stringify(toWire({ Item: store(user) }))],
    [
      'stream record',
      () => {
        const { OldImage, NewImage } = JSON.parse(record);
        return [OldImage, NewImage].map((image) => toStoredResource(load(readImage(image))));
      },
    ],
  ]);
}

/** Microseconds of CPU of works that take turns: of each the lower quartile. */
function microseconds(works: readonly (() => unknown)[]): readonly number[] {
  const calls = works.map((work) => callsIn(work));
  const figures = works.map(() => [] as number[]);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, work] of works.entries()) {
      const count = calls[at] ?? 1;
      const { user: before } = process.cpuUsage();
      for (let call = 0; call < count; call += 1) work();
      figures[at]?.push((process.cpuUsage().user - before) / count);
    }
  }
  return figures.map(lowerQuartile);
}

function callsIn(work: () => unknown): number {
  const end = performance.now() + turn;
  let calls = 0;
  while (performance.now() < end || calls < 5) {
    work();
    calls += 1;
  }
  return calls;
}

const columns = (...cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);

function compare(name: string, user: Item): void {
  const items = formats.map(({ store }) => store(user));
  const pair = (of: (item: Item) => number) => items.map((item) => String(of(item))).join(' · ');
  const works = formats.map((format) => worksOf(user, format));
  const cells = [...(works[0]?.keys() ?? [])].map((work) => {
    const [map = 0, text = 0] = microseconds(works.map((each) => each.get(work) ?? (() => undefined)));
    return `${map.toFixed(0)} · ${text.toFixed(0)} · ${(text / map).toFixed(2)}`;
  });
  columns(
    name,
    pair((item) => itemSize(item)),
    pair((item) => Buffer.byteLength(JSON.stringify(toAttributes(item)))),
    ...cells,
  );
}

console.log(machine());
columns(
  'map · string (· string : map)',
  'bytes of the item',
  'bytes sent',
  'get, µs',
  'list of 100, µs',
  'put, µs',
  'stream record, µs',
);
columns(...Array.from({ length: 7 }, () => '---'));
for (const [name, more] of Object.entries(moreOf)) compare(name, userOf(more));
