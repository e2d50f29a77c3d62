import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import SCIMMY from 'scimmy';
import { SCIMMYRouters } from 'scimmy-routers';
import type { Address } from './address';

/** SCIMMY with its routers on express, as its documentation shows; the store is a Map in memory. */
type Stored = Record<string, unknown> & { readonly id: string };

/** SCIMMY's constraints of a read. */
interface Reading {
  readonly id?: string | undefined;
  readonly filter?: { match(values: Stored[]): Stored[] } | undefined;
  readonly constraints?: { startIndex?: number; count?: number; totalResults?: number } | undefined;
}

/** The requested page: with all resources, SCIMMY would prepare each of them for output. */
function page(found: readonly Stored[], constraints: Reading['constraints']): readonly Stored[] {
  if (!constraints) return found;
  const { startIndex = 1, count = 20 } = constraints;
  constraints.totalResults = found.length;
  return found.slice(startIndex - 1, startIndex - 1 + count);
}

/** A Map for each resource type, and what reads and writes it: SCIMMY calls these. */
function memory() {
  const resources = new Map<string, Stored>();
  return {
    ingress: ({ id = randomUUID() }: { id?: string | undefined }, data: object) => {
      const stored = { ...data, id };
      resources.set(id, stored);
      return stored;
    },
    egress: ({ id, filter, constraints }: Reading) => {
      if (id === undefined) {
        return page(filter ? filter.match([...resources.values()]) : [...resources.values()], constraints);
      }
      const found = resources.get(id);
      if (!found) throw new SCIMMY.Types.Error(404, '', `Resource ${id} not found`);
      return found;
    },
    degress: ({ id = '' }: { id?: string | undefined }) => {
      resources.delete(id);
    },
  };
}

const [users, groups] = [memory(), memory()];
SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .ingress(users.ingress as never)
  .egress(users.egress as never)
  .degress(users.degress as never);
SCIMMY.Resources.declare(SCIMMY.Resources.Group)
  .ingress(groups.ingress as never)
  .egress(groups.egress as never)
  .degress(groups.degress as never);

const token = randomUUID();
const routers = new SCIMMYRouters({
  type: 'bearer',
  handler: (request) => {
    if (request.header('Authorization') !== `Bearer ${token}`) throw new Error('The token is not known.');
    return 'anybody';
  },
});
const server = express()
  .use('/scim', routers)
  .listen(0, '127.0.0.1', () => {
    const address: Address = { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`, token };
    process.send?.(address);
  });
