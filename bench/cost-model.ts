import { randomUUID } from 'node:crypto';
import { resourceItem } from '../lambda/store/items';
import { countKey, countLeaf } from '../lambda/store/keys';
import { membershipItem } from '../lambda/store/memberships';
import { itemSize } from '../test/store/item-size';
import { type Load, limitOf, operations, total } from './cost-operations';

/**
 * Calculates what operations cost per million request units, what a first import costs, and how often per second one
 * tenant can run each operation before a DynamoDB partition reaches its limit. Prices are arguments: dollars per
 * million write units and read units (default: 0.625 and 0.125, on-demand in us-east-1; check them). Prints Markdown.
 */
const [writePrice = 0.625, readPrice = 0.125] = process.argv.slice(2).map(Number);

const tenantId = 'tenantaaaaaa';
const users = 100_000;
const membersPerGroup = 100;

const model = operations({
  user: 1024,
  // With when it was deleted, and the id of one group.
  deletedUser: 1024 + 150,
  group: groupSize(),
  membership: itemSize(membershipItem(tenantId, randomUUID(), { value: randomUUID() })),
  countRow: countRowSize(),
  countRows: 256,
  // At most, unless names and details are long.
  row: 1024,
});

function groupSize(): number {
  const now = new Date().toISOString();
  const resource = { displayName: 'Engineering, Europe', externalId: randomUUID() };
  const group = { id: randomUUID(), version: 100, created: now, modified: now, resource };
  return itemSize(resourceItem({ tenantId, type: 'Group' }, group));
}

/** A row of counts of 100,000 users: as many in each. */
function countRowSize(): number {
  const leaves = [...'0123456789abcdef'].map((digit) => [countLeaf(digit), Math.round(users / 4096)]);
  const key = countKey({ tenantId, type: 'User' }, randomUUID());
  return itemSize({ ...key, total: Math.round(users / 256), version: 411, ...Object.fromEntries(leaves) });
}

function dollars(loads: readonly Load[]): number {
  const { reads, writes } = total(loads);
  return writes * writePrice + reads * readPrice;
}

function dollarsOf(name: string): number {
  return dollars(model.get(name) ?? []);
}

function printCosts(): void {
  console.log('| operation | write units | read units | $ per million |\n| --- | --- | --- | --- |');
  for (const [name, loads] of model) {
    const { reads, writes } = total(loads);
    console.log(`| ${name} | ${writes} | ${reads} | ${dollars(loads).toFixed(2)} |`);
  }
  const perUser = dollarsOf('userName eq: miss') + dollarsOf('create a user');
  // A group's name is looked up like a user's.
  const perGroup = dollarsOf('userName eq: miss') + dollarsOf('create a group') + dollarsOf('add 100 members');
  const groups = users / membersPerGroup;
  const sum = (users * perUser + groups * perGroup) / 1e6;
  // A group is created, then it gets its members.
  const rows = ((users + 2 * groups) * dollarsOf('the row of a change')) / 1e6;
  console.log(`\nFirst import of ${users} users in ${groups} groups of ${membersPerGroup}: $${sum.toFixed(2)}`);
  console.log(`Its rows of activity: $${rows.toFixed(2)}`);
}

function printLimits(): void {
  console.log('\n| operation | for | per second | partition key |\n| --- | --- | --- | --- |');
  for (const [name, loads] of model) {
    const target = /member|another|group of 100/.test(name) ? 'one group' : 'others';
    const limit = limitOf(loads, target);
    if (!limit) continue;
    const keys = limit.partitions.map((partition) => `\`${partition}\``).join(', ');
    console.log(`| ${name} | ${target === 'one group' ? target : 'any'} | ${limit.perSecond} | ${keys} |`);
  }
}

printCosts();
printLimits();
