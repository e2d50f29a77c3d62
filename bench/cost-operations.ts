/** Kinds of partition keys of the tables and their indexes; `<…>` is a variable part. */
export type Partition =
  | '<tenant>#USER'
  | '<tenant>#GROUP'
  | '<tenant>#COUNT#USER'
  | '<tenant>#COUNT#GROUP'
  | '<tenant>#<name>#<value>'
  | '<tenant>#DELETED'
  | '<tenant>#TOMBSTONE'
  | '<tenant>#TOMBSTONE-BODY'
  | 'memberships of <group>'
  | 'index inverse of <member>'
  | 'index modified of <shard>'
  | '<tenant>#ACTIVITY'
  | '<tenant>#MEMBER'
  | '<tenant>#READ'
  | 'index subject of <resource>'
  | 'index failures of <tenant>'
  | 'index requests of <request>';

/** The request units that an operation consumes in partition keys of one kind, and in how many of them. */
export interface Load {
  readonly partition: Partition;
  readonly keys: number;
  readonly reads: number;
  readonly writes: number;
}

/** Bytes of the items that operations read and write, and how many count rows there are. */
export interface Sizes {
  readonly user: number;
  /** The body of a tombstone of a user in one group. */
  readonly deletedUser: number;
  readonly group: number;
  readonly membership: number;
  readonly countRow: number;
  readonly countRows: number;
  /** A row of activity: of a change, a failure or a first read. */
  readonly row: number;
}

/** A user has a userName, an externalId and one email. */
const userEntries = 3;
const pageSize = 100;
/** A query returns at most 1 MB at a time. */
const queryBytes = 1024 * 1024;

const written = (bytes: number): number => Math.ceil(bytes / 1024);
/** Read units, strongly consistent; otherwise half. A missing item costs as much as 4 KB. */
const read = (bytes: number): number => Math.max(1, Math.ceil(bytes / 4096));
/** An item in a transaction is written twice, its entries in indexes once. */
const transacted = (bytes: number): number => 2 * written(bytes);

const reads = (partition: Partition, units: number, keys = 1): Load => ({ partition, keys, reads: units, writes: 0 });
const writes = (partition: Partition, units: number, keys = 1): Load => ({ partition, keys, reads: 0, writes: units });

/** Reads of memberships read the marks, of which there usually are none; a removal reads that of its member. */
const marks = reads('<tenant>#DELETED', 1);
const groupsOfUser = [reads('index inverse of <member>', 0.5), marks];
const entries = (count: number) => writes('<tenant>#<name>#<value>', 2 * count, count);
const indexed = writes('index modified of <shard>', 1);
/** A new time of change replaces an index entry, unless the last change is of the same ten seconds. */
const moved = writes('index modified of <shard>', 2);
/** Members put or deleted, each with its index entry. */
const changed = (count: number) => [
  writes('memberships of <group>', count),
  writes('index inverse of <member>', count, count),
];

/** A row of activity about a resource. The entries of indexes hold the whole row. */
const rowOfResource = (bytes: number) =>
  (['<tenant>#ACTIVITY', 'index subject of <resource>', 'index requests of <request>'] as const).map((partition) =>
    writes(partition, written(bytes)),
  );

/** What operations consume by DynamoDB's documented rules, by name. Sums of the same partition are one load. */
export function operations(sizes: Sizes): ReadonlyMap<string, readonly Load[]> {
  const { user, deletedUser, group, countRow, countRows, row: rowBytes } = sizes;
  const readUser = reads('<tenant>#USER', read(user));
  const readGroup = reads('<tenant>#GROUP', read(group));
  const touched = [writes('<tenant>#GROUP', written(group)), moved];
  /** Takes the place of reading the group. */
  const lease = writes('<tenant>#GROUP', written(group));
  const newGroup = [
    writes('<tenant>#GROUP', transacted(group)),
    writes('<tenant>#COUNT#GROUP', transacted(countRow)),
    entries(1),
    indexed,
  ];
  const users = (count: number) => reads('<tenant>#USER', count * read(user));
  const memberships = (count: number) => reads('memberships of <group>', count);
  const all: Readonly<Record<string, readonly Load[]>> = {
    'create a user': [
      writes('<tenant>#USER', transacted(user)),
      writes('<tenant>#COUNT#USER', transacted(countRow)),
      entries(userEntries),
      indexed,
    ],
    'get a user with its groups': [readUser, ...groupsOfUser],
    'userName eq: miss': [reads('<tenant>#<name>#<value>', 1)],
    'userName eq: hit': [reads('<tenant>#<name>#<value>', 1), readUser],
    'list, a page of 100': [
      reads('<tenant>#USER', read((pageSize + 1) * user)),
      reads('<tenant>#COUNT#USER', read(countRows * countRow)),
    ],
    'PATCH active': [readUser, writes('<tenant>#USER', written(user)), moved, ...groupsOfUser],
    'PATCH userName': [readUser, writes('<tenant>#USER', transacted(user)), entries(2), moved, ...groupsOfUser],
    'delete a user in one group': [
      readUser,
      writes('<tenant>#USER', transacted(user)),
      writes('<tenant>#COUNT#USER', transacted(countRow)),
      writes('<tenant>#DELETED', 2),
      writes('<tenant>#TOMBSTONE', 2),
      writes('<tenant>#TOMBSTONE-BODY', 2),
      entries(userEntries),
      indexed,
    ],
    'sweeps after deleting a user': [
      reads('index inverse of <member>', 1),
      reads('<tenant>#DELETED', 1),
      writes('<tenant>#DELETED', 2),
      writes('<tenant>#TOMBSTONE-BODY', written(deletedUser)),
      ...changed(1),
    ],
    'create a group': newGroup,
    'create a group of 200': [
      users(200),
      reads('<tenant>#<name>#<value>', 1),
      writes('<tenant>#DELETED', 1 + 2),
      ...changed(200),
      ...newGroup,
    ],
    'add one member': [readGroup, users(1), memberships(1), ...changed(1), ...touched],
    'add another one within 10 seconds': [
      readGroup,
      users(1),
      memberships(1),
      ...changed(1),
      writes('<tenant>#GROUP', written(group)),
    ],
    'add a member who is there': [readGroup, users(1), memberships(1)],
    'add 100 members': [lease, users(100), memberships(100), marks, ...changed(100), ...touched],
    'remove one member': [readGroup, memberships(1), marks, ...changed(1), ...touched],
    'remove a member who is not there': [readGroup, memberships(1), marks],
    'the event of one member': [reads('<tenant>#GROUP', read(group) / 2), reads('<tenant>#USER', read(user) / 2)],
    'the row of a change': rowOfResource(rowBytes),
    'the rows of one member': [
      ...rowOfResource(rowBytes),
      writes('<tenant>#MEMBER', written(rowBytes)),
      writes('index subject of <resource>', written(rowBytes), 2),
      // Where the member is a group, it has its name from there.
      reads('<tenant>#GROUP', 0.5),
      reads('<tenant>#USER', read(user) / 2),
    ],
    'the row of a failure': [...rowOfResource(rowBytes), writes('index failures of <tenant>', written(rowBytes))],
    'the row of a first read': [
      writes('<tenant>#ACTIVITY', transacted(rowBytes)),
      writes('<tenant>#READ', 2),
      writes('index requests of <request>', written(rowBytes)),
    ],
    'group without its members': [readGroup],
    'group of 200 with its members': [readGroup, members(sizes, 200), marks],
    'group of 100,000 with its members': [readGroup, members(sizes, 100_000), marks],
  };
  return new Map(Object.entries(all).map(([name, loads]) => [name, mergeLoads(loads)]));
}

/** A group's memberships are read in one query after the other, each rounded up. */
function members({ membership }: Sizes, count: number): Load {
  const bytes = count * membership;
  const full = Math.floor(bytes / queryBytes);
  return reads('memberships of <group>', full * read(queryBytes) + read(bytes - full * queryBytes));
}

/** Loads with one for each partition: units are added, keys are the same ones. */
export function mergeLoads(loads: readonly Load[]): readonly Load[] {
  const merged = new Map<Partition, Load>();
  for (const load of loads) {
    const { keys, reads, writes } = merged.get(load.partition) ?? { keys: 0, reads: 0, writes: 0 };
    merged.set(load.partition, {
      partition: load.partition,
      keys: Math.max(keys, load.keys),
      reads: reads + load.reads,
      writes: writes + load.writes,
    });
  }
  return [...merged.values()];
}

/** The units of all loads together. */
export function total(loads: readonly Load[]): { readonly reads: number; readonly writes: number } {
  return {
    reads: loads.reduce((sum, load) => sum + load.reads, 0),
    writes: loads.reduce((sum, load) => sum + load.writes, 0),
  };
}

/** DynamoDB's limits for one partition per second. */
const partitionReads = 3000;
const partitionWrites = 1000;

/** Partition keys over which operations are spread evenly; other kinds have one for the tenant. */
type Spread = Partial<Record<Partition, number>>;

const everyUser: Spread = {
  '<tenant>#<name>#<value>': Number.POSITIVE_INFINITY,
  'memberships of <group>': Number.POSITIVE_INFINITY,
  'index inverse of <member>': Number.POSITIVE_INFINITY,
  'index modified of <shard>': 16,
  'index subject of <resource>': Number.POSITIVE_INFINITY,
  'index requests of <request>': Number.POSITIVE_INFINITY,
};
const oneGroup: Spread = { ...everyUser, 'memberships of <group>': 1, 'index modified of <shard>': 1 };

/** How often per second an operation can run before a partition reaches its limit, and which partition; one per key. */
export interface Limit {
  readonly perSecond: number;
  readonly partitions: readonly Partition[];
}

/**
 * The limit of one tenant that runs an operation for different users or groups each time, or always for the same group.
 * Returns nothing if there is no limit.
 */
export function limitOf(loads: readonly Load[], target: 'others' | 'one group'): Limit | undefined {
  const spread = target === 'others' ? everyUser : oneGroup;
  const rates = loads.map(({ partition, keys, reads, writes }) => ({
    partition,
    rate: (spread[partition] ?? 1) * keys * Math.min(partitionReads / reads, partitionWrites / writes),
  }));
  const lowest = Math.min(...rates.map(({ rate }) => rate));
  if (lowest === Number.POSITIVE_INFINITY) return undefined;
  const partitions = rates.filter(({ rate }) => rate === lowest).map(({ partition }) => partition);
  return { perSecond: Math.floor(lowest), partitions };
}
