/** What makes AWS invoke a function. Clients wait for those that the gateway invokes, and for no others. */
export type Trigger = 'gateway' | 'streams' | 'schedule';

/** What a function may do; `lib/permissions.ts` says which actions on which resources each name stands for. */
export type Permission =
  | 'readTokens'
  | 'readDirectory'
  | 'writeDirectory'
  | 'recordUse'
  | 'readTenants'
  | 'followChanges'
  | 'readStreams'
  | 'sweepLater'
  | 'putEvents';

/** One function of the endpoint; its code is the file of its name in `lambda/`. */
export interface FunctionRow {
  readonly name: string;
  readonly description: string;
  readonly trigger: Trigger;
  /** Paths of the REST API in API Gateway's notation. A function gets every method of them, and answers a wrong one with 405. */
  readonly routes: readonly string[];
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes, unless the deployer says otherwise. Lambda gives CPU by memory: at 1,769 MB a function has one whole CPU. */
  readonly memory: number;
  readonly permissions: readonly Permission[];
  /** Kilobytes its bundle may have. A tenth more than it has: a part of the SDK that comes back by mistake is noticed. */
  readonly bundleBudget: number;
}

const base = '/{tenantId}/scim/v2';

/** The gateway gives up after 29 seconds. A function that gives up before it leaves a line in its own log. */
const requestTimeout = 28;

const memory = 1769;

/**
 * Every function of the endpoint. Bundles, budgets, deployment, settings, metrics, alarms and the local endpoint derive
 * from it.
 */
export const functions = [
  {
    name: 'authorizer',
    description: 'SCIM: tells which tenant a token opens',
    trigger: 'gateway',
    routes: [],
    // Two attempts of four seconds each at reading a secret, and a cold start.
    timeout: 10,
    memory,
    permissions: ['readTokens'],
    bundleBudget: 165,
  },
  {
    name: 'users',
    description: 'SCIM: /Users',
    trigger: 'gateway',
    routes: [`${base}/Users`, `${base}/Users/{id}`],
    timeout: requestTimeout,
    memory,
    permissions: ['readDirectory', 'writeDirectory'],
    bundleBudget: 340,
  },
  {
    name: 'groups',
    description: 'SCIM: /Groups',
    trigger: 'gateway',
    routes: [`${base}/Groups`, `${base}/Groups/{id}`],
    timeout: requestTimeout,
    memory,
    permissions: ['readDirectory', 'writeDirectory'],
    bundleBudget: 340,
  },
  {
    name: 'bulk',
    description: 'SCIM: /Bulk',
    trigger: 'gateway',
    routes: [`${base}/Bulk`],
    timeout: requestTimeout,
    memory,
    permissions: ['readDirectory', 'writeDirectory'],
    bundleBudget: 350,
  },
  {
    name: 'search',
    description: 'SCIM: /.search',
    trigger: 'gateway',
    routes: [`${base}/.search`, `${base}/Users/.search`, `${base}/Groups/.search`],
    timeout: requestTimeout,
    memory,
    permissions: ['readDirectory', 'recordUse'],
    bundleBudget: 280,
  },
  {
    name: 'discovery',
    description: 'SCIM: discovery, and every path that does not exist',
    trigger: 'gateway',
    // The last three catch every other path: without them a REST API answers 403 by itself, in a body that is not SCIM.
    // (It refuses a `{proxy+}` beside `{tenantId}`: one variable part a level.)
    routes: [
      `${base}/Me`,
      `${base}/ServiceProviderConfig`,
      `${base}/ResourceTypes`,
      `${base}/ResourceTypes/{id}`,
      `${base}/Schemas`,
      `${base}/Schemas/{id}`,
      '/',
      '/{tenantId}',
      '/{tenantId}/{proxy+}',
    ],
    timeout: requestTimeout,
    memory,
    permissions: ['recordUse'],
    bundleBudget: 255,
  },
  {
    name: 'changes',
    description: 'SCIM: sweeps what deleted users and groups leave, and publishes changes',
    trigger: 'streams',
    routes: [],
    // Deleting the 100,000 memberships of a large group takes seconds; the rest is for throttled writes.
    timeout: 300,
    memory,
    permissions: ['followChanges', 'readStreams', 'sweepLater', 'putEvents'],
    bundleBudget: 275,
  },
  {
    name: 'expiry',
    description: 'SCIM: says once a day how long tokens have left',
    trigger: 'schedule',
    routes: [],
    // A page of a thousand tenants is read in a tenth of a second.
    timeout: 60,
    memory,
    permissions: ['readTenants'],
    bundleBudget: 215,
  },
] as const satisfies readonly FunctionRow[];

type Row = (typeof functions)[number];

/** Every function of the endpoint. */
export type FunctionName = Row['name'];

/** A function that a client waits for. */
export type GatewayFunction = Extract<Row, { readonly trigger: 'gateway' }>['name'];

/** A function behind a route. */
export type RouteFunction = Exclude<Row, { readonly routes: readonly [] }>['name'];

/** The row of a function. */
export function functionRow(name: FunctionName): FunctionRow {
  const row = functions.find((candidate) => candidate.name === name);
  if (!row) throw new Error(`There is no function ${name}.`);
  return row;
}

/** The names of the functions that clients wait for. */
export const gatewayFunctions = functions.flatMap((row): GatewayFunction[] =>
  row.trigger === 'gateway' ? [row.name] : [],
);

/** The names of the functions behind routes. */
export const routeFunctions = functions.flatMap((row): RouteFunction[] => (hasRoutes(row) ? [row.name] : []));

/** One resource of the REST API, and the function behind it. */
export interface Route {
  readonly path: string;
  readonly function: RouteFunction;
}

/** Every route of the REST API. */
export const routes: readonly Route[] = functions.flatMap((row) =>
  hasRoutes(row) ? row.routes.map((path): Route => ({ path, function: row.name })) : [],
);

function hasRoutes(row: Row): row is Extract<Row, { readonly name: RouteFunction }> {
  return row.routes.length > 0;
}

/** The methods of HTTP that reach a function. */
export const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
