import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Tables } from '../../lambda/store/tables';
import { findStack } from '../../operator/connection/stack';
import { deploymentFromEnvironment } from './deployment';

/** The names of the tables of a deployment. */
export interface TableNames {
  readonly directory: string;
  readonly memberships: string;
}

/** Which deployment to read, and with which client. Without `tables` and `stackName`: the one in the environment. */
export interface DirectoryOptions {
  /** The tables, by name. */
  readonly tables?: TableNames;
  /**
   * The name of the CloudFormation stack, whose outputs name the tables. They are read with the first call, which takes
   * `cloudformation:DescribeStacks`.
   */
  readonly stackName?: string;
  /** The region. Ignored with `client`. @default - what the grant says, or the region of the environment */
  readonly region?: string;
  /** A client to use: for an endpoint, credentials or timeouts of your own. @default - a client of the region */
  readonly client?: DynamoDBClient;
}

/** The tables, and a function that closes the client unless the caller brought it. @internal */
export interface Connection {
  /** Resolves to the tables. A failure is not kept: the next call tries again. */
  readonly tables: () => Promise<Tables>;
  readonly close: () => void;
}

const ways = { grant: 'grantReadDirectory', options: 'tables or stackName' } as const;

/** @throws UnknownDeploymentError, OtherReleaseError if the environment must name the tables and does not @internal */
export function connect({ tables, stackName, region, client }: DirectoryOptions): Connection {
  const described = tables || stackName !== undefined ? undefined : deploymentFromEnvironment(ways);
  const place = region ?? described?.region;
  const dynamo = client ?? new DynamoDBClient(place === undefined ? {} : { region: place });
  const document = DynamoDBDocumentClient.from(dynamo);
  const named = described ? { directory: described.directoryTable, memberships: described.membershipsTable } : tables;
  let found: Promise<TableNames> | undefined = named && Promise.resolve(named);
  const find = () => {
    found ??= tablesOfStack(stackName ?? '', place).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
  return {
    tables: async () => {
      const { directory, memberships } = await find();
      return { client: document, directory, memberships };
    },
    close: () => {
      if (!client) dynamo.destroy();
    },
  };
}

async function tablesOfStack(stack: string, region: string | undefined): Promise<TableNames> {
  const { directoryTable, membershipsTable } = await findStack({ stack, ...(region === undefined ? {} : { region }) });
  return { directory: directoryTable, memberships: membershipsTable };
}
