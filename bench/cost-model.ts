/**
 * Models what operations cost: DynamoDB's request units by its documented rules (a write unit per KB and item, two in a
 * transaction, one per index entry; half a read unit per 4 KB, one when strongly consistent), at a given price per
 * million. Prices are arguments: dollars per million write units and read units (default: 0.625 and 0.125, on-demand in
 * us-east-1; check them). Prints a Markdown table.
 */
const [writePrice = 0.625, readPrice = 0.125] = process.argv.slice(2).map(Number);

interface Units {
  readonly writes: number;
  readonly reads: number;
}

/** A user of 1 KB with userName, externalId and one email; each write moves it in the `modified` index. */
const entries = 3;

const operations: ReadonlyMap<string, Units> = new Map([
  ['create a user', { writes: 2 * (1 + 1 + entries) + 1, reads: 0 }],
  ['get a user with its groups', { writes: 0, reads: 1 + 0.5 + 0.5 }],
  ['userName eq', { writes: 0, reads: 2 }],
  ['list, a page of 100', { writes: 0, reads: 26 + 3 }],
  ['PATCH active', { writes: 1 + 2, reads: 1 + 0.5 + 0.5 }],
  ['delete a user in no group', { writes: 2 * (1 + 1 + 1 + entries) + 1, reads: 1 + 0.5 }],
  ['add one member', { writes: 1 + 1 + 1 + 2, reads: 1 + 1 + 1 + 1 }],
  ['remove one member', { writes: 1 + 1 + 1 + 2, reads: 1 + 1 + 1 }],
  ['group of 100,000 with its members', { writes: 0, reads: (100_000 * 100) / 4096 + 1 }],
]);

const dollars = ({ writes, reads }: Units): number => writes * writePrice + reads * readPrice;

console.log('| operation | write units | read units | $ per million |\n| --- | --- | --- | --- |');
for (const [name, units] of operations) {
  console.log(`| ${name} | ${units.writes} | ${Math.round(units.reads)} | ${dollars(units).toFixed(2)} |`);
}

const users = 100_000;
const memberships = 100_000;
const first = operations.get('create a user') ?? { writes: 0, reads: 0 };
// A group of 100 members: the group, its count and claim in a transaction with most of its members.
const groups = { writes: 1000 * (2 * 3 + 1) + memberships * (2 + 1), reads: memberships };
const units = { writes: users * first.writes + groups.writes, reads: users * first.reads + groups.reads };
console.log(`\nFirst import of 100,000 users in 1,000 groups of 100: $${(dollars(units) / 1e6).toFixed(2)}`);
