import type { RequestListener } from 'node:http';
import { authorizationPattern } from '../deployment/credentials';
import { type FunctionName, routes } from '../deployment/functions';
import { responses } from '../deployment/gateway-responses';
import { defaultTier, type Throttle, type Tier, tierOfKey } from '../deployment/limits';
import type { ProfileName } from '../lambda/scim/schema/profile';
import type { DeploymentFacts } from '../operator/connection/facts';
import { createTenant, type NewTenant } from '../operator/tenants/provision';
import { followRows } from './activity-rows';
import type { Service } from './aws-requests';
import { makeBundles } from './bundles';
import { deliverMessages, followStreams } from './changes';
import { startLocalConsole, withLanding } from './console';
import { type DataFolder, damaged, openDataFolder } from './data-folder';
import { createDispatcher } from './dispatcher';
import { type Engine, openEngine } from './engine/engine';
import { describeEndpoint, names, setEnvironment } from './environment';
import { createEventBus, type EventTarget } from './event-bus';
import { eventLog } from './event-log';
import { deleteExpired } from './expired-items';
import { openFirstTenant, tenantServices } from './first-tenant';
import { createFunctionLog } from './function-log';
import { loadFunctions } from './functions';
import { createGateway } from './gateway/gateway';
import { throttle, usagePlans } from './gateway/throttle';
import { quietHandlers } from './handler-log';
import { answerInProcess, handInAnswers } from './in-process';
import type { LambdaFunction } from './invoke';
import { listen } from './listen';
import { createNarrator } from './narrator';
import { openQueue } from './queue';
import { createSecretsManager } from './secrets-manager';
import { settled } from './settled';
import { tableDefinitions } from './table-definitions';

export interface EndpointOptions {
  /** @default 0, any free one */
  readonly port?: number;
  /** The folder for the data; without one they live in memory. */
  readonly data?: string;
  /** Keeps the data in memory; must be set if there is no folder. */
  readonly memory?: true;
  /** Whether to delete the data first. */
  readonly reset?: boolean;
  /** The first path segment. @default 'prod' */
  readonly stage?: string;
  /** The profile of the first tenant. @default the profile of the data, or `identity-center` */
  readonly profile?: ProfileName;
  /** Authorizer cache TTL of the gateway, in seconds. @default 60 */
  readonly authorizerCacheSeconds?: number;
  /** The folder of the schema extensions. @default - none */
  readonly extensions?: string;
  /** The limits of a tenant of each tier. @default - none */
  readonly tenantLimits?: Readonly<Record<Tier, Throttle>>;
  /** The limit of all requests together. @default - none */
  readonly stageLimit?: Throttle;
  /** Functions that replace the real ones. */
  readonly handlers?: Readonly<Partial<Record<FunctionName, LambdaFunction>>>;
  /** Whether the operator's console is served, too, at a port of its own. @default false */
  readonly console?: true;
  /** Called with a line about each request. @default - no log */
  readonly log?: (line: string) => void;
  /** Whether the log also has the bodies of the requests, and the events. @default false */
  readonly verbose?: boolean;
  /** Whether events are published. @default true if something gets them: a log, a data folder, `onEvents` */
  readonly events?: boolean;
  /** Gets every event, besides the log and the data folder. */
  readonly onEvents?: EventTarget;
}

export interface TenantAccess {
  readonly tenantId: string;
  readonly baseUrl: string;
  readonly token: string;
}

/** The whole endpoint in this process: gateway, functions, engine. */
export interface Endpoint {
  readonly url: string;
  readonly stage: string;
  /** The address that opens the operator's console, if it is served. */
  readonly console?: string;
  /** The profile of the first tenant. */
  readonly profile: ProfileName;
  /** Creates a tenant. @throws OperatorError like `createTenant` */
  createTenant(tenant: Pick<NewTenant, 'label'> & Partial<NewTenant>): Promise<TenantAccess>;
  /** The tenant that every local endpoint has; its token is stored in the data folder. */
  firstTenant(): Promise<TenantAccess>;
  /** Resolves when the function `changes` has handled every change so far, and its events are published. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

// The functions are loaded once per process, and their clients keep the URL of their first use.
let lastPort = 0;

/**
 * Starts an endpoint on 127.0.0.1, and sets the environment for the AWS clients in this process. A process can have one
 * at a time; a later one with port 0 gets the port of the first.
 * @throws StartError if the port or the data folder cannot be used
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const opened: Closing[] = [];
  const close = async () => {
    for (const closing of opened.splice(0).reverse()) await closing();
  };
  try {
    return { ...(await open(options, opened)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Closing = () => Promise<unknown>;

/** Opens the parts in order and adds the functions that close them to `opened`. */
async function open(options: EndpointOptions, opened: Closing[]): Promise<Omit<Endpoint, 'close'>> {
  const {
    stage = 'prod',
    handlers = {},
    log,
    verbose = false,
    onEvents = () => Promise.resolve(),
    events = [log, options.data, options.onEvents].some((target) => target !== undefined),
  } = options;
  let begin: (listener: RequestListener) => void = () => {};
  const begun = new Promise<RequestListener>((resolve) => {
    begin = resolve;
  });
  const server = await listen(async (request, response) => (await begun)(request, response), options.port ?? lastPort);
  opened.push(server.close);
  lastPort = server.port;
  const { url } = server;

  const folder = await openFolder(options);
  if (folder) opened.push(folder.close);
  const engine = await openData(folder);
  opened.push(engine.close);
  // The server must be closed first.
  opened.push(server.close);

  setEnvironment(url);
  // Ends after all that calls it, and before the engine.
  opened.push(handInAnswers());
  const refused = createFunctionLog(names.authorizerLog);
  opened.push(quietHandlers(log !== undefined, refused.add));
  const bundles = options.extensions === undefined ? undefined : await makeBundles(options.extensions);
  const functions = loadFunctions(handlers, bundles);
  // Functions load more of their files at their first request.
  if (bundles) opened.push(bundles.delete);
  const queue = openQueue(engine.database, names.queue, (event) => deliverMessages(functions.changes, event));
  const streams = followStreams(engine, functions.changes, events);
  opened.push(() => Promise.all([streams.close(), queue.close()]));

  const narrator = createNarrator(log ?? (() => {}), verbose);
  opened.push(async () => narrator.close());
  const logEvents = eventLog(folder?.events, log && verbose ? log : () => {});
  const publish: EventTarget = (published) => Promise.all([logEvents(published), onEvents(published)]).then(() => {});
  const services = new Map<string, Service>([
    ['DynamoDB_20120810', log ? followRows(engine, names.activityTable, narrator.row) : engine],
    ['secretsmanager', createSecretsManager(engine.database)],
    ['AmazonSQS', queue],
    ['Logs_20140328', refused],
    ['AWSEvents', createEventBus(names.eventBus, publish)],
  ]);
  answerInProcess(services);
  const gateway = createGateway({
    stage,
    routes,
    responses,
    functions,
    authorizer: functions.authorizer,
    authorizerCacheSeconds: options.authorizerCacheSeconds ?? 60,
    authorizationPattern: new RegExp(authorizationPattern),
    ...(options.stageLimit ? { accept: throttle(options.stageLimit) } : {}),
    ...(options.tenantLimits ? { admit: usagePlans(planOf(options.tenantLimits)) } : {}),
    minimumCompressionSize: 1024,
    log: log ? narrator.request : () => {},
  });
  const dispatcher = createDispatcher(services, gateway);
  opened.push(dispatcher.drain);
  const facts = describeEndpoint(url, stage);
  const served = await serveConsole(options, facts, opened);
  begin(withLanding(dispatcher.listener, url, served.console));
  await folder?.saveConnection(facts);
  const profile = folder?.profile ?? options.profile ?? 'identity-center';
  const made = tenantMakers(`${url}/${stage}`, folder, profile);
  return { url, stage, profile, ...served, ...made, settled: () => settled(engine) };
}

async function serveConsole(
  { console, data }: EndpointOptions,
  facts: DeploymentFacts,
  opened: Closing[],
): Promise<Pick<Endpoint, 'console'>> {
  if (!console) return {};
  const running = await startLocalConsole(facts, data);
  opened.push(running.close);
  return { console: running.address };
}

/** The limits of a key: those of its tier, and of the default tier for the key that tenants share. */
function planOf(limits: Readonly<Record<Tier, Throttle>>): (key: string) => Throttle | undefined {
  return (key) => {
    const tier = key === names.sharedApiKey ? defaultTier : tierOfKey(key);
    return tier && limits[tier];
  };
}

async function openFolder({ data, profile, reset }: EndpointOptions): Promise<DataFolder | undefined> {
  return data === undefined ? undefined : await openDataFolder({ path: data, profile, ...(reset ? { reset } : {}) });
}

/** Opens the engine, creates missing tables, and deletes what has expired. @throws StartError if the data cannot be read */
async function openData(folder: DataFolder | undefined): Promise<Engine> {
  if (!folder) return await openWithTables(await openEngine({}));
  const { path, database, hasData } = folder;
  const engine = await openEngine({ database })
    .then((opened) => openWithTables(opened, hasData))
    .catch((error: unknown) => {
      throw damaged(path, (error as Error).message);
    });
  await folder.confirm();
  return engine;
}

async function openWithTables(engine: Engine, mustExist = false): Promise<Engine> {
  const { directoryTable: directory, membershipsTable: memberships, activityTable: activity } = names;
  for (const definition of tableDefinitions({ directory, memberships, activity })) {
    const { TableName } = definition;
    const { status } = await engine.call('DynamoDB_20120810.DescribeTable', { TableName });
    if (status === 200) continue;
    // Data of an earlier release have no activity.
    if (mustExist && TableName !== activity) throw new Error(`the table ${TableName} is missing`);
    await engine.call('DynamoDB_20120810.CreateTable', definition);
  }
  for (const table of [directory, activity]) await deleteExpired(engine, table, Date.now());
  return engine;
}

function tenantMakers(
  apiUrl: string,
  folder: DataFolder | undefined,
  profile: ProfileName,
): Pick<Endpoint, 'createTenant' | 'firstTenant'> {
  const services = tenantServices();
  const baseUrl = (tenantId: string) => `${apiUrl}/${tenantId}/scim/v2`;
  return {
    async createTenant(tenant) {
      const { tenantId, token } = await createTenant(services, { profile, ...tenant });
      return { tenantId, token, baseUrl: baseUrl(tenantId) };
    },
    async firstTenant() {
      const saved = await folder?.readToken();
      const { tenantId, token } = await openFirstTenant(services, profile, saved);
      if (token !== saved) await folder?.saveToken(token);
      return { tenantId, token, baseUrl: baseUrl(tenantId) };
    },
  };
}
