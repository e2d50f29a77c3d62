import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DeploymentDescription, deploymentVariable, descriptionFormat } from '../../deployment/description';
import type { ClientOptions, DeploymentFacts } from '../../operator/connection/facts';
import type { AwsClientOptions } from '../connection/client-options';
import type { TableNames } from '../connection/tables';
import { MissingPackageError } from '../errors';
import type { LocalEvent } from './event';
import { startThread } from './thread';

/** What `startLocal` may be told. */
export interface StartLocalOptions {
  /**
   * The profile of the tenant.
   *
   * @default 'identity-center'
   */
  readonly profile?: 'identity-center' | 'standard' | 'aws-scim-clients';
  /**
   * The folder of your schema extensions, as the property `extensions` of the construct.
   *
   * @default - none
   */
  readonly extensions?: string;
  /**
   * Called with every event that the bus would deliver, one after the other. `settled` throws what it throws.
   *
   * @default - events are not delivered
   */
  readonly onEvent?: (event: LocalEvent) => unknown;
}

/** An endpoint in memory, with one tenant. */
export interface LocalScim {
  /** The tenant's Base URL. */
  readonly baseUrl: string;
  /** An API token of the tenant. */
  readonly token: string;
  /** The id of the tenant; its label is `local`. */
  readonly tenantId: string;
  /** The names of its tables: `openDirectory(local)` takes them. */
  readonly tables: TableNames;
  /** A client of its tables: `openDirectory(local)` takes it. */
  readonly client: DynamoDBClient;
  /** Where it is: `openTenants(local)` takes it. */
  readonly deployment: DeploymentDescription;
  /** Options with which any client of the AWS SDK reaches it: `openTenants(local)` takes them. */
  readonly clientOptions: AwsClientOptions;
  /**
   * The environment in which code that calls `openDirectory()` or `openTenants()` without arguments finds it. It is for
   * such code only: all AWS clients of a process with this environment use the local endpoint.
   */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Resolves when every change so far has been handled: its events were delivered and `onEvent` has ended, and it is in the
   * activity.
   * @throws what `onEvent` threw, the first of it
   * @throws RefusedError if it was stopped, or ended by itself: then `cause` is why, and the process prints a warning, too
   */
  settled(): Promise<void>;
  /** Ends it. Its data are gone. A second call does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts an endpoint in memory, for tests of an application: the functions that are deployed, behind an emulation of API
 * Gateway, DynamoDB, Secrets Manager and EventBridge. It runs in a thread, listens on a free port of 127.0.0.1 and leaves
 * the environment of the process alone, so a process can have many. A process ends even if one is not stopped.
 *
 * It needs the package `serverless-scim-local` (`npm i -D serverless-scim-local`).
 *
 * @param options profile, schema extensions, and what gets the events
 * @returns the endpoint with one tenant
 * @throws MissingPackageError if `serverless-scim-local` is not installed
 * @throws RefusedError if the schema extensions are not valid, or the endpoint cannot start: `cause` is why
 *
 * @example
 * import { play, startLocal } from 'serverless-scim/testing';
 *
 * export async function eventsOf(flow: string) {
 *   const kinds: string[] = [];
 *   const local = await startLocal({ onEvent: (event) => kinds.push(event['detail-type']) });
 *   await play(flow, local);
 *   await local.settled();
 *   await local.stop();
 *   return kinds;
 * }
 */
export async function startLocal({ onEvent, ...options }: StartLocalOptions = {}): Promise<LocalScim> {
  const events = inOrder(onEvent);
  const thread = await startThread(await threadFile(), options, events.add);
  const { tenant, facts } = thread.started;
  const clientOptions = facts.client as Required<ClientOptions>;
  const deployment = describe(facts, clientOptions.region);
  const client = new DynamoDBClient({ ...clientOptions });
  return {
    ...tenant,
    tables: { directory: facts.directoryTable, memberships: facts.membershipsTable },
    client,
    deployment,
    clientOptions,
    environment: environmentOf(deployment, clientOptions),
    async settled() {
      await thread.settle();
      await events.done();
    },
    async stop() {
      client.destroy();
      await thread.stop();
    },
  };
}

async function threadFile(): Promise<string> {
  const engine = await import('serverless-scim-local').catch((error: NodeJS.ErrnoException) => {
    const isAbsent = error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND';
    throw isAbsent ? new MissingPackageError('serverless-scim-local', { cause: error }) : error;
  });
  return engine.threadFile;
}

/** Handles one event after the other. */
function inOrder(handle: (event: LocalEvent) => unknown = () => undefined) {
  let last: Promise<unknown> = Promise.resolve();
  let failed: { readonly error: unknown } | undefined;
  return {
    add: (event: LocalEvent) => {
      last = last
        .then(() => handle(event))
        .catch((error: unknown) => {
          failed ??= { error };
        });
    },
    async done() {
      await last;
      if (failed) throw failed.error;
    },
  };
}

function describe(facts: DeploymentFacts, region: string): DeploymentDescription {
  const {
    baseUrlPattern,
    directoryTable,
    membershipsTable,
    activityTable,
    secretPrefix,
    maxTokenDays,
    authorizerLog,
    portal,
  } = facts;
  return {
    format: descriptionFormat,
    region,
    directoryTable,
    membershipsTable,
    ...(activityTable === undefined ? {} : { activityTable }),
    baseUrl: baseUrlPattern,
    secretPrefix,
    usagePlans: 'emulated',
    maxTokenDays,
    authorizerLog,
    ...(portal && { portal }),
  };
}

function environmentOf(deployment: DeploymentDescription, client: Required<ClientOptions>) {
  return {
    [deploymentVariable]: JSON.stringify(deployment),
    AWS_REGION: client.region,
    AWS_ENDPOINT_URL: client.endpoint,
    AWS_ACCESS_KEY_ID: client.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: client.credentials.secretAccessKey,
  };
}
