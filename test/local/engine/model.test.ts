import fc from 'fast-check';
import { type Body, type Item, openThings, type Things, thing } from './things';

/** An action of a transaction, in a simple form. */
interface Step {
  readonly kind: 'put' | 'add' | 'delete' | 'check';
  readonly key: string;
  readonly condition: 'none' | 'exists' | 'absent' | 'positive';
  readonly by: number;
}

const step = fc.record<Step>({
  kind: fc.constantFrom('put', 'add', 'delete', 'check'),
  key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  condition: fc.constantFrom('none', 'exists', 'absent', 'positive'),
  by: fc.integer({ min: -3, max: 3 }),
});
const transaction = fc.uniqueArray(step, { selector: ({ key }) => key, minLength: 1, maxLength: 4 });

describe('the engine', () => {
  it('does what a map would do, transaction by transaction', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(transaction, { minLength: 5, maxLength: 15 }), async (transactions) => {
        const things = await openThings();
        const model = new Map<string, number>();
        for (const steps of transactions) await compare(things, model, steps);
        await things.engine.close();
      }),
      { numRuns: 60 },
    );
  });
});

async function compare(things: Things, model: Map<string, number>, steps: readonly Step[]): Promise<void> {
  const outcome = await send(things, steps);
  const held = steps.map((each) => holds(model, each));
  expect(outcome).toEqual(held.every(Boolean) ? 'done' : held);
  if (outcome === 'done') for (const each of steps) apply(model, each);
  expect(await things.items()).toEqual(toItems(model));
}

/** Sends a transaction, or its only member as an operation of its own. Resolves to which members passed if not all did. */
async function send(things: Things, steps: readonly Step[]): Promise<'done' | readonly boolean[]> {
  const members = steps.map(toMember);
  const [[kind, only] = ['', {}]] = Object.entries(members[0] ?? {});
  const alone = members.length === 1 && kind !== 'ConditionCheck';
  const { status, body } = alone
    ? await things.send(`${kind}Item`, only as Body)
    : await things.send('TransactWriteItems', { TransactItems: members });
  if (status === 200) return 'done';
  const reasons = (body.CancellationReasons as { Code: string }[] | undefined) ?? [{ Code: 'ConditionalCheckFailed' }];
  return reasons.map(({ Code }) => Code === 'None');
}

function holds(model: ReadonlyMap<string, number>, { key, kind, condition }: Step): boolean {
  const value = model.get(key);
  const needed = kind === 'check' && condition === 'none' ? 'exists' : condition;
  if (needed === 'exists') return value !== undefined;
  if (needed === 'absent') return value === undefined;
  return needed === 'none' || (value ?? 0) > 0;
}

function apply(model: Map<string, number>, { key, kind, by }: Step): void {
  if (kind === 'put') model.set(key, by);
  if (kind === 'add') model.set(key, (model.get(key) ?? 0) + by);
  if (kind === 'delete') model.delete(key);
}

const conditions = {
  none: {},
  exists: { ConditionExpression: 'attribute_exists(pk)' },
  absent: { ConditionExpression: 'attribute_not_exists(pk)' },
  positive: { ConditionExpression: 'n > :zero' },
};

function toMember({ kind, key, condition, by }: Step): Body {
  const n = { N: String(by) };
  const Key = thing('m', key);
  const zero = condition === 'positive' ? { ':zero': { N: '0' } } : {};
  const common = { TableName: 'things', ...conditions[condition] };
  const values = (more: Body) => {
    const all = { ...zero, ...more };
    return Object.keys(all).length > 0 ? { ExpressionAttributeValues: all } : {};
  };
  if (kind === 'put') return { Put: { ...common, ...values({}), Item: { ...Key, n } } };
  if (kind === 'add') return { Update: { ...common, ...values({ ':by': n }), Key, UpdateExpression: 'ADD n :by' } };
  if (kind === 'delete') return { Delete: { ...common, ...values({}), Key } };
  return { ConditionCheck: { ...common, ...(condition === 'none' ? conditions.exists : {}), ...values({}), Key } };
}

function toItems(model: ReadonlyMap<string, number>): readonly Item[] {
  return [...model].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, n]) => thing('m', key, { n: { N: String(n) } }));
}
