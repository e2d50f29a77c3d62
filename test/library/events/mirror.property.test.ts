import fc from 'fast-check';
import type { BusEvent } from '../../../local/event-bus';
import { openStage, type Stage } from '../../changes/stage';
import { patchBody, userBody } from '../../directory/requests';
import { addTenant, createMirrorTable, mirrored, present } from './mirror';
import { Worker } from './worker';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await createMirrorTable();
});
afterAll(() => stage.close());

// Time passes only when a history says so.
beforeEach(() => {
  const real = [
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'setImmediate',
    'clearImmediate',
  ] as const;
  jest.useFakeTimers({ doNotFake: [...real, 'nextTick', 'queueMicrotask', 'performance', 'hrtime'] });
});
afterEach(() => {
  jest.useRealTimers();
});

/** What happens next, and numbers that choose what it happens to. */
interface Step {
  readonly what: keyof typeof steps;
  readonly a: number;
  readonly b: number;
}

/** A history of a directory, its events, and a process that mirrors it. */
class History {
  readonly users: string[] = [];
  readonly groups: string[] = [];
  /** Events that were not delivered, or not to their end. */
  readonly pending: BusEvent[] = [];
  readonly delivered: BusEvent[] = [];
  worker: Worker | undefined;
  private made = 0;

  constructor(readonly tenantId: string) {}

  name(): string {
    this.made += 1;
    return `n${this.made}`;
  }

  async send(method: string, path: string, body?: object): Promise<string> {
    return String((await stage.send(this.tenantId, method, path, body && { ...body })).id);
  }

  /** The function `changes` gets what the streams have. */
  async publish(): Promise<void> {
    for (const records of Object.values(stage.take())) if (records.length > 0) await stage.handle(records);
    this.pending.push(...stage.events.splice(0));
  }

  deliver(index: number): void {
    const event = this.pending[index];
    if (!event || !this.worker) return;
    const { worker } = this;
    worker.apply(event, () => {
      const at = this.pending.indexOf(event);
      if (at >= 0) this.delivered.push(...this.pending.splice(at, 1));
    });
  }
}

const pick = <Item>(items: readonly Item[], number: number): Item | undefined => items[number % (items.length || 1)];

const steps = {
  createUser: async (history: History) => {
    history.users.push(await history.send('POST', '/Users', userBody(history.name())));
  },
  changeUser: async (history: History, a: number, b: number) => {
    const id = pick(history.users, a);
    const [path, value] = b % 2 === 0 ? ['active', b % 4 === 0] : ['userName', `${history.name()}@example.com`];
    if (id) await history.send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', path, value }));
  },
  deleteUser: async (history: History, a: number) => {
    const [id] = history.users.splice(a % (history.users.length || 1), 1);
    if (id) await history.send('DELETE', `/Users/${id}`);
  },
  createGroup: async (history: History, a: number, b: number) => {
    const members = history.users.slice(a % 5, (a % 5) + (b % 4)).map((value) => ({ value }));
    history.groups.push(await history.send('POST', '/Groups', { displayName: history.name(), members }));
  },
  changeMembers: async (history: History, a: number, b: number) => {
    const [group, value] = [pick(history.groups, a), pick(history.users, b)];
    const operation =
      (a + b) % 2 === 0
        ? { op: 'add', path: 'members', value: [{ value: String(value) }] }
        : { op: 'remove', path: `members[value eq "${value}"]` };
    if (group && value) await history.send('PATCH', `/Groups/${group}`, patchBody(operation));
  },
  deleteGroup: async (history: History, a: number) => {
    const [id] = history.groups.splice(a % (history.groups.length || 1), 1);
    if (id) await history.send('DELETE', `/Groups/${id}`);
  },
  publish: (history: History) => history.publish(),
  deliver: async (history: History, a: number) => history.deliver(a % (history.pending.length || 1)),
  deliverAgain: async (history: History, a: number) => {
    const event = pick(history.delivered, a);
    if (event) history.worker?.apply(event);
  },
  run: async (history: History, a: number) => {
    await history.worker?.run(a % 20);
  },
  fill: async (history: History) => {
    history.worker ??= new Worker(stage.tables);
    history.worker.fill(history.tenantId);
  },
  kill: async (history: History, a: number) => {
    await history.worker?.kill(a % 2 === 0);
    history.worker = undefined;
  },
  /** Nobody listens for so long that events are lost. */
  outage: async (history: History, a: number) => {
    await steps.kill(history, a);
    await history.publish();
    history.pending.length = 0;
    jest.setSystemTime(Date.now() + 120_000);
  },
  wait: async (_: History, a: number) => {
    jest.setSystemTime(Date.now() + (a % 100) * 1000);
  },
};

const often = ['changeMembers', 'publish', 'deliver', 'run', 'changeUser'] as const;
const anyStep = fc.record<Step>({
  what: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...often) },
    { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[])) },
  ),
  a: fc.nat(1000),
  b: fc.nat(1000),
});

test('whatever happens, in whatever order, a mirror that filled and got the events since equals the directory', async () => {
  let tenants = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 120, size: 'max' }), async (happening) => {
      tenants += 1;
      const history = new History(`mirror${String(tenants).padStart(6, '0')}`);
      await addTenant(stage.tables, history.tenantId);
      stage.take();
      for (const { what, a, b } of happening) await steps[what](history, a, b);
      if (!history.worker) await steps.fill(history);
      // What is deleted is swept, which makes events again.
      for (let rounds = 0; rounds < 3; rounds++) await history.publish();
      for (let index = 0; index < history.pending.length; index++) history.deliver(index);
      await history.worker?.finish();
      expect(history.pending).toEqual([]);
      expect(await mirrored(stage.tables, history.tenantId)).toEqual(await present(stage.tables, history.tenantId));
    }),
    { numRuns: 60 },
  );
});
