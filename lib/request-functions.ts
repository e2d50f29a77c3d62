import { Duration } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type FunctionsProps, ScimFunction } from './functions';
import type { RouteFunction } from './manifest';
import { readDirectory, readTokens, recordUse, writeDirectory } from './permissions';
import type { Tables, TablesProps } from './tables';

/** The gateway gives up after 29 seconds; a function that gives up before it leaves a line in its own log. */
const handlerTimeout = Duration.seconds(28);

/** Two attempts of four seconds each at reading a secret, and a cold start. */
const authorizerTimeout = Duration.seconds(10);

interface Handler {
  readonly id: string;
  readonly name: RouteFunction;
  readonly description: string;
  readonly permissions: (tables: Tables) => PolicyStatement[];
}

const readWrite = (tables: Tables): PolicyStatement[] => [...readDirectory(tables), ...writeDirectory(tables)];

const handlers: readonly Handler[] = [
  { id: 'Users', name: 'users', description: 'SCIM: /Users', permissions: readWrite },
  { id: 'Groups', name: 'groups', description: 'SCIM: /Groups', permissions: readWrite },
  { id: 'Bulk', name: 'bulk', description: 'SCIM: /Bulk', permissions: readWrite },
  {
    id: 'Search',
    name: 'search',
    description: 'SCIM: /.search',
    permissions: (tables) => [...readDirectory(tables), ...recordUse(tables)],
  },
  {
    id: 'Discovery',
    name: 'discovery',
    description: 'SCIM: discovery, and every path that does not exist',
    permissions: recordUse,
  },
];

export interface RequestFunctionsProps extends TablesProps, FunctionsProps {
  readonly tables: Tables;
  readonly secretPrefix: string;
}

/** The functions that API Gateway invokes. Only the authorizer reads secrets, only the others reach the tables. */
export class RequestFunctions extends Construct {
  readonly authorizer: ScimFunction;
  readonly handlers: Readonly<Record<RouteFunction, ScimFunction>>;

  constructor(scope: Construct, id: string, props: RequestFunctionsProps) {
    super(scope, id);
    const { tables, secretPrefix } = props;
    this.authorizer = new ScimFunction(this, 'Authorizer', {
      ...props,
      name: 'authorizer',
      description: 'SCIM: tells which tenant a token opens',
      timeout: authorizerTimeout,
      environment: { SECRET_PREFIX: secretPrefix },
      statements: readTokens(this, secretPrefix),
    });
    const made = handlers.map(({ id: handlerId, name, description, permissions }) => {
      const handler = new ScimFunction(this, handlerId, {
        ...props,
        name,
        description,
        timeout: handlerTimeout,
        environment: {
          DIRECTORY_TABLE: tables.directory.tableName,
          MEMBERSHIPS_TABLE: tables.memberships.tableName,
        },
        statements: permissions(tables),
      });
      return [name, handler] as const;
    });
    this.handlers = Object.fromEntries(made) as Record<RouteFunction, ScimFunction>;
  }
}
