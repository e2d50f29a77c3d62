/** What invokes a function. Clients wait only for the functions that the gateway invokes. */
export type Trigger = 'gateway' | 'streams' | 'schedule';

/** Permissions of functions; `lib/permissions.ts` defines the actions and resources of each name. */
export type Permission =
  | 'readCredentials'
  | 'readClients'
  | 'readDirectory'
  | 'findModified'
  | 'manageUsers'
  | 'manageGroups'
  | 'recordUse'
  | 'readTenantState'
  | 'putActivity'
  | 'recordChanges'
  | 'readTenants'
  | 'followChanges'
  | 'readStreams'
  | 'sweepLater'
  | 'putEvents'
  | 'keepSessions'
  | 'manageCredentials'
  | 'managePeople'
  | 'readActivity'
  | 'readRefusals'
  | 'servePortal';

/** One function of the endpoint; its code is the file with its name in `lambda/`. */
export interface FunctionRow {
  readonly name: string;
  readonly description: string;
  readonly trigger: Trigger;
  /**
   * Paths of the REST API in API Gateway's notation. A function gets all methods, and responds to an unsupported one with
   * 405. With a method in front, as in `GET /path`, it gets only that one.
   */
  readonly routes: readonly string[];
  /** Whether anybody may call its routes: the gateway asks no authorizer, and limits all callers together. @default false */
  readonly open?: boolean;
  /** Whether it is deployed only where the property of its name says so. @default false */
  readonly optional?: boolean;
  /** Seconds. */
  readonly timeout: number;
  /** Default memory in megabytes. Lambda allocates CPU by memory: 1,769 MB is one full vCPU. */
  readonly memory: number;
  readonly permissions: readonly Permission[];
  /** Maximum size of its bundle in kilobytes: 10 % more than now, to notice a part of the SDK that is included by mistake. */
  readonly bundleBudget: number;
}

const base = '/{tenantId}/scim/v2';

/** The gateway times out after 29 seconds. A function that times out earlier logs that. */
const requestTimeout = 28;

const memory = 1769;

/**
 * Every function of the endpoint. Bundles, budgets, deployment, settings, metrics, alarms and the local endpoint derive
 * from it.
 */
export const functions = [
  {
    name: 'authorizer',
    description: 'SCIM: authorizes requests by their token',
    trigger: 'gateway',
    routes: [],
    // Two attempts of four seconds each to read a secret, and a cold start.
    timeout: 10,
    memory,
    permissions: ['readCredentials'],
    bundleBudget: 121,
  },
  {
    name: 'oauth',
    description: 'OAuth 2.0: issues access tokens to clients',
    trigger: 'gateway',
    // RFC 8414 §3 puts the metadata in front of the path of the issuer, which only works with your own domain name.
    routes: [
      'POST /{tenantId}/oauth2/token',
      'GET /{tenantId}/.well-known/oauth-authorization-server',
      'GET /.well-known/oauth-authorization-server/{tenantId}',
    ],
    open: true,
    // Two attempts of four seconds each to read a secret, two documents of an issuer of three seconds each, a cold start.
    timeout: 20,
    memory,
    permissions: ['readClients'],
    bundleBudget: 199,
  },
  {
    name: 'users',
    description: 'SCIM: /Users',
    trigger: 'gateway',
    routes: [`${base}/Users`, `${base}/Users/{id}`],
    timeout: requestTimeout,
    memory,
    permissions: ['readDirectory', 'findModified', 'manageUsers', 'putActivity'],
    bundleBudget: 350,
  },
  {
    name: 'groups',
    description: 'SCIM: /Groups',
    trigger: 'gateway',
    routes: [`${base}/Groups`, `${base}/Groups/{id}`],
    timeout: requestTimeout,
    memory,
    permissions: ['readDirectory', 'findModified', 'manageGroups', 'putActivity'],
    bundleBudget: 350,
  },
  {
    name: 'bulk',
    description: 'SCIM: /Bulk',
    trigger: 'gateway',
    routes: [`${base}/Bulk`],
    timeout: requestTimeout,
    memory,
    permissions: ['readDirectory', 'manageUsers', 'manageGroups', 'putActivity'],
    bundleBudget: 357,
  },
  {
    name: 'search',
    description: 'SCIM: /.search',
    trigger: 'gateway',
    // A query can go to the Base URL itself (RFC 7644 §3.4.2).
    routes: [base, `${base}/.search`, `${base}/Users/.search`, `${base}/Groups/.search`],
    timeout: requestTimeout,
    memory,
    permissions: ['readDirectory', 'readTenantState', 'findModified', 'recordUse', 'putActivity'],
    bundleBudget: 259,
  },
  {
    name: 'discovery',
    description: 'SCIM: discovery, and every path that does not exist',
    trigger: 'gateway',
    // The last three catch all other paths: without them a REST API responds with 403 and a body that is not SCIM.
    // (`{proxy+}` and `{tenantId}` cannot be siblings: a REST API allows one variable part per level.)
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
    permissions: ['readTenantState', 'recordUse', 'putActivity'],
    bundleBudget: 230,
  },
  {
    name: 'portal',
    description: "SCIM: the portal for customers' administrators",
    trigger: 'gateway',
    // The page, its files (assets/) and its calls (api/). No tenant's id is as short as the first part.
    routes: ['GET /portal', 'GET /portal/{proxy+}', 'POST /portal/{proxy+}'],
    open: true,
    optional: true,
    // The self test sends requests to the endpoint for up to 22 seconds.
    timeout: requestTimeout,
    memory,
    permissions: [
      'servePortal',
      'readTenantState',
      'keepSessions',
      'manageCredentials',
      'managePeople',
      'readActivity',
      'readRefusals',
    ],
    bundleBudget: 856,
  },
  {
    name: 'changes',
    description: 'SCIM: publishes changes, and deletes memberships of deleted users and groups',
    trigger: 'streams',
    routes: [],
    // Deleting 100,000 memberships of a large group takes seconds; the rest of the time is for throttled writes.
    timeout: 300,
    memory,
    permissions: ['followChanges', 'recordChanges', 'readStreams', 'sweepLater', 'putEvents'],
    bundleBudget: 240,
  },
  {
    name: 'expiry',
    description: 'SCIM: checks once a day when tokens and client secrets end',
    trigger: 'schedule',
    routes: [],
    // Reading a page of a thousand tenants takes a tenth of a second.
    timeout: 60,
    memory,
    permissions: ['readTenants'],
    bundleBudget: 153,
  },
] as const satisfies readonly FunctionRow[];

type Row = (typeof functions)[number];

/** Every function of the endpoint. */
export type FunctionName = Row['name'];

/** A function that is deployed only where the property of its name says so. */
export type OptionalFunction = Extract<Row, { readonly optional: true }>['name'];

/** What there is of each function that is deployed. */
export type PerFunction<T> = Readonly<
  Record<Exclude<FunctionName, OptionalFunction>, T> & Partial<Record<OptionalFunction, T>>
>;

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

/** Names of the functions that clients wait for. */
export const gatewayFunctions = functions.flatMap((row): GatewayFunction[] =>
  row.trigger === 'gateway' ? [row.name] : [],
);

/** The names of the functions behind routes. */
export const routeFunctions = functions.flatMap((row): RouteFunction[] => (hasRoutes(row) ? [row.name] : []));

/** The functions that anybody may call. */
export const openFunctions: readonly string[] = functions.flatMap((row) =>
  'open' in row && row.open ? [row.name] : [],
);

/** One method of a resource of the REST API, and the function behind it. */
export interface Route {
  /** A method of HTTP, or `ANY`. */
  readonly method: string;
  readonly path: string;
  readonly function: RouteFunction;
  /** Whether anybody may call it. */
  readonly open: boolean;
}

/** Every route of the REST API. */
export const routes: readonly Route[] = functions.flatMap((row) =>
  hasRoutes(row) ? row.routes.map(routeOf(row)) : [],
);

function routeOf(row: RouteRow): (route: string) => Route {
  const open = 'open' in row && row.open;
  return (route) => {
    const [path = '', method = 'ANY'] = route.split(' ').reverse();
    return { method, path, function: row.name, open };
  };
}

type RouteRow = Extract<Row, { readonly name: RouteFunction }>;

function hasRoutes(row: Row): row is RouteRow {
  return row.routes.length > 0;
}

/** The methods of HTTP that reach a function. */
export const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
