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

/** While Secrets Manager is down a secret serves for as long; a longer cache would make that nothing. */
const maxSecretCacheTtl = Duration.minutes(15);

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

/** What can be said about the tokens' secrets. */
export interface SecretsProps {
  /**
   * How long an authorizer serves a token without reading its secret again, from 0 to 15 minutes. A revoked token is
   * accepted that much longer, and by the gateway's own cache after it.
   *
   * @default Duration.seconds(60)
   */
  readonly secretCacheTtl?: Duration;
}

export interface RequestFunctionsProps extends TablesProps, FunctionsProps, SecretsProps {
  readonly tables: Tables;
  readonly secretPrefix: string;
}

/** The functions that API Gateway invokes. Only the authorizer reads secrets, only the others reach the tables. */
export class RequestFunctions extends Construct {
  readonly authorizer: ScimFunction;
  readonly handlers: Readonly<Record<RouteFunction, ScimFunction>>;

  constructor(scope: Construct, id: string, props: RequestFunctionsProps) {
    super(scope, id);
    const { tables, secretPrefix, secretCacheTtl = Duration.seconds(60) } = props;
    if (secretCacheTtl.toSeconds() > maxSecretCacheTtl.toSeconds()) {
      throw new Error(`secretCacheTtl is ${secretCacheTtl.toSeconds()} seconds; it is at most 15 minutes.`);
    }
    this.authorizer = new ScimFunction(this, 'Authorizer', {
      ...props,
      name: 'authorizer',
      description: 'SCIM: tells which tenant a token opens',
      timeout: authorizerTimeout,
      environment: { SECRET_PREFIX: secretPrefix, SECRET_CACHE_SECONDS: String(secretCacheTtl.toSeconds()) },
      statements: readTokens(this, secretPrefix),
    });
    const made = handlers.map(({ id: handlerId, name, description, permissions }) => {
      const handler = new ScimFunction(this, handlerId, {
        ...props,
        name,
        description,
        timeout: handlerTimeout,
        environment: tables.environment,
        statements: permissions(tables),
      });
      return [name, handler] as const;
    });
    this.handlers = Object.fromEntries(made) as Record<RouteFunction, ScimFunction>;
  }
}
