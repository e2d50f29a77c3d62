import { randomUUID } from 'node:crypto';
import { countKey, deletionKey } from '../../../../lambda/store/keys';
import { type Hand, longAgo, type Tenant, tombstone, tombstoneBody } from './tenant';

/** A fault in the tables, and its name in reports. */
export interface Damage {
  readonly problem: string;
  readonly detail: RegExp;
  readonly make: (hand: Hand, tenant: Tenant) => Promise<unknown>;
}

/** Each fault once, in a tenant that is otherwise consistent. */
export const damages: readonly Damage[] = [
  {
    problem: 'missing entry',
    detail: /^pk=\w+#USERNAME#\S+ sk=CLAIM id=\S{36}$/,
    make: ({ remove }, { claim }) => remove(claim('anna@example.com')),
  },
  {
    problem: 'leftover entry',
    detail: /^pk=\w+#USERNAME#\S+ sk=CLAIM id=\S{36}$/,
    make: ({ put }, { claim }) => put({ ...claim('ghost'), id: randomUUID() }),
  },
  {
    problem: 'leftover entry',
    detail: /id=nobody$/,
    make: ({ put }, { claim }) => put({ ...claim('ghost'), id: 'nobody' }),
  },
  {
    problem: 'wrong count',
    detail: /^pk=\w+#COUNT#USER sk=\w\w: total is 7 instead of 1$/,
    make: ({ change }, { users, anna }) => change(countKey(users, anna), 'total', 7),
  },
  {
    problem: 'wrong count',
    detail: /^pk=\w+#COUNT#GROUP sk=\w\w: total is absent instead of 1, leaf\w is absent instead of 1$/,
    make: ({ remove }, { groups, staff }) => remove(countKey(groups, staff)),
  },
  {
    problem: 'wrong count',
    detail: /total is many instead of 1/,
    make: ({ change }, { users, anna }) => change(countKey(users, anna), 'total', 'many'),
  },
  {
    problem: 'wrong count',
    detail: /: format is 2 instead of 1$/,
    make: ({ change }, { users, anna }) => change(countKey(users, anna), 'format', 2),
  },
  {
    problem: 'dangling membership',
    detail: /^group=\S+ member=\S+$/,
    make: ({ put }, { membership, staff }) => put(membership(staff, randomUUID())),
  },
  {
    problem: 'dangling membership',
    detail: /^group=\S+ member=\S+$/,
    make: ({ put }, { membership, anna }) => put(membership(randomUUID(), anna)),
  },
  {
    problem: 'wrong member type',
    detail: /: the member is a User$/,
    make: ({ put }, { membership, staff, anna }) => put({ ...membership(staff, anna), type: 'Group' }),
  },
  {
    problem: 'wrong member type',
    detail: /: the member is a Group$/,
    make: ({ put }, { membership, staff, inner }) => put(membership(staff, inner)),
  },
  {
    problem: 'unswept deletion',
    detail: /^pk=\w+#DELETED sk=\S{36}$/,
    make: async ({ put }, { tenantId, membership, staff }) => {
      const gone = randomUUID();
      await put(membership(staff, gone));
      await put({ ...deletionKey(tenantId, gone), deleted: longAgo });
    },
  },
  {
    problem: 'unswept deletion',
    detail: /^pk=\w+#DELETED sk=\S{36}$/,
    make: async ({ put }, { tenantId, membership, anna }) => {
      const never = randomUUID();
      await put(membership(never, anna));
      await put({ ...deletionKey(tenantId, never), creating: longAgo, type: 'Group' });
    },
  },
  {
    problem: 'mark on a living resource',
    detail: /^pk=\w+#DELETED sk=\S{36}$/,
    make: ({ put }, { tenantId, staff }) => put({ ...deletionKey(tenantId, staff), deleted: longAgo }),
  },
  {
    problem: 'expired tombstone',
    detail: /^pk=\w+#TOMBSTONE sk=\S{36}$/,
    make: ({ put }, { tenantId }) => put(tombstone(tenantId, randomUUID(), -8)),
  },
  {
    problem: 'expired tombstone',
    detail: /^pk=\w+#TOMBSTONE-BODY sk=\S{36}$/,
    make: ({ put }, { tenantId }) => put(tombstoneBody(tenantId, randomUUID(), -8)),
  },
];
