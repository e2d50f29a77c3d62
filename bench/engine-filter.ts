import { evaluate } from '../lambda/scim/filter/evaluate';
import { parseFilter } from '../lambda/scim/filter/parse';
import { resolveFilter } from '../lambda/scim/filter/resolve';
import { resourceView } from '../lambda/scim/schema/view';

/**
 * Measures the filter engine: `userName eq` parses per second (budget: 200,000), what a hostile text of 4,096 characters
 * costs against one of 1,024 (linear is 4, quadratic 16; budget: below 8), and each filter over 10,000 users. Exits with 1 when a
 * budget is missed.
 */
const view = resourceView('standard', 'User');
const repeats = 25;

const hostile: readonly (readonly [string, (length: number) => string])[] = [
  ['escapes', (length) => `a eq "${'\\u0041'.repeat(length / 6 - 2)}"`],
  ['an open string', (length) => `a eq "${'x'.repeat(length - 6)}`],
  ['a name', (length) => `${'a-'.repeat(length / 2 - 1)}!`],
  ['a URN', (length) => `urn${':a'.repeat(length / 2 - 3)}!`],
  ['digits', (length) => `a eq ${'1'.repeat(length - 6)}x`],
  ['alternatives', (length) => Array.from({ length: length / 30 }, () => '(a pr) and not (b pr)').join(' or ')],
  ['comparisons', (length) => Array.from({ length: length / 20 - 5 }, (_, at) => `userName eq "${at}"`).join(' or ')],
  ['words', (length) => 'a '.repeat(length / 2)],
];

const queries: readonly string[] = [
  'userName eq "user5000@example.com"',
  'userName co "99"',
  'emails[type eq "work" and value ew "7@example.com"]',
  'meta.lastModified gt "2024-06-01T00:00:00Z"',
  'not (active eq true) or title pr and name.familyName sw "F9"',
];

/** The fastest of several runs, in nanoseconds per call, because other load only makes runs slower. They take turns. */
function nanoseconds(calls: number, ...works: readonly (() => unknown)[]): readonly number[] {
  const runs = Array.from({ length: repeats }, () =>
    works.map((work) => {
      const start = process.hrtime.bigint();
      for (let call = 0; call < calls; call += 1) work();
      return Number(process.hrtime.bigint() - start) / calls;
    }),
  );
  return works.map((_, at) => Math.min(...runs.map((run) => run[at] ?? Number.NaN)));
}

function attempt(text: string): void {
  try {
    parseFilter(text);
  } catch {
    // Most of these are refused, and that is what they cost.
  }
}

const users = Array.from({ length: 10_000 }, (_, at) => ({
  id: String(at),
  userName: `User${at}@Example.com`,
  name: { givenName: `G${at}`, familyName: `F${at}` },
  active: at % 10 !== 0,
  emails: [
    { type: 'work', value: `user${at}@example.com`, primary: true },
    { type: 'home', value: `home${at}@example.org` },
  ],
  meta: { resourceType: 'User', lastModified: new Date(Date.UTC(2024, 0, 1) + at * 3_600_000).toISOString() },
}));

function report(name: string, value: string, isWithinBudget: boolean): void {
  console.log(`${isWithinBudget ? ' ' : '!'} ${name.padEnd(72)} ${value}`);
  if (!isWithinBudget) process.exitCode = 1;
}

const [parse = 0] = nanoseconds(5_000, () => parseFilter('userName eq "john.doe@example.com"'));
const perSecond = 1e9 / parse;
report('parse userName eq', `${Math.round(perSecond).toLocaleString('en')}/s`, perSecond >= 200_000);

for (const [name, textOf] of hostile) {
  const [short, long] = [1024, 4096].map((length) => textOf(length).slice(0, length)) as [string, string];
  const [quarter = 0, whole = 0] = nanoseconds(
    50,
    () => attempt(short),
    () => attempt(long),
  );
  const ratio = whole / quarter;
  report(`hostile: ${name}`, `${(whole / 1000).toFixed(0)} µs, ${ratio.toFixed(1)} × a quarter of it`, ratio < 8);
}

for (const query of queries) {
  const filter = resolveFilter(view, parseFilter(query));
  const [each = 0] = nanoseconds(1, () => users.filter((user) => evaluate(filter, user)));
  report(`10,000 users: ${query}`, `${(each / 1e6).toFixed(1)} ms`, true);
}
