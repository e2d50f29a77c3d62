import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  type IFunction,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type FunctionName, functionRow, functions, type GatewayFunction, type Trigger } from '../deployment/functions';
import { bundleFolder } from './manifest';
import { permissions, type Resources } from './permissions';

/** Options for all functions. */
export interface FunctionsProps {
  /**
   * Megabytes of memory of each function. Lambda gives CPU by memory.
   *
   * @default 1769, at which a function has one whole CPU: an answer of 100 users costs 4 ms of one, a cold start's
   * first TLS connection 50 ms, and a smaller share would stretch both
   */
  readonly memorySize?: number;

  /**
   * How many environments of a function may run at a time, by function. What is reserved for one is taken from all
   * others of the account.
   *
   * @default - no limit but the account's
   */
  readonly reservedConcurrency?: Readonly<Partial<Record<FunctionName, number>>>;

  /**
   * How many environments of a function are kept warm, by function. Charged by the hour, used or not. Not more than what
   * is reserved for it.
   *
   * @default - none: the first request after a quiet time waits for a cold start
   */
  readonly provisionedConcurrency?: Readonly<Partial<Record<GatewayFunction, number>>>;

  /**
   * How long logs are kept.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: RetentionDays;

  /**
   * Whether X-Ray traces the API and its functions.
   *
   * @default false
   */
  readonly tracing?: boolean;
}

export interface ScimFunctionProps extends FunctionsProps {
  readonly name: FunctionName;
  /** What its permissions are about. */
  readonly resources: Resources;
  readonly removalPolicy?: RemovalPolicy;
  readonly encryptionKey?: IKey;
}

/** A function from its row and its bundle, with a role and a log group of its own. */
export class ScimFunction extends Construct {
  readonly lambda: LambdaFunction;
  /** What is to be invoked: the alias that has warm environments, where some are provisioned. */
  readonly target: IFunction;

  constructor(scope: Construct, id: string, props: ScimFunctionProps) {
    super(scope, id);
    const { name, resources, encryptionKey } = props;
    const row = functionRow(name);
    const granted = row.permissions.map((permission) => permissions[permission](resources));
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetention ?? RetentionDays.THREE_MONTHS,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      ...optional('encryptionKey', encryptionKey),
    });
    // A role made here, not by the function, gets no managed policy: that one may write to every log of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    for (const { statements } of granted) for (const statement of statements) role.addToPolicy(statement);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: row.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundleFolder(name)),
      memorySize: props.memorySize ?? row.memory,
      timeout: Duration.seconds(row.timeout),
      environment: Object.assign({}, ...granted.map(({ environment }) => environment)),
      ...optional('environmentEncryption', encryptionKey),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: props.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      ...optional('reservedConcurrentExecutions', props.reservedConcurrency?.[name]),
    });
    const warm = provisioned(props);
    const target = warm ? this.lambda.addAlias('live', { provisionedConcurrentExecutions: warm }) : this.lambda;
    // aws-cdk-lib is not written for exactOptionalPropertyTypes: its Function is no IFunction to it.
    this.target = target as IFunction;
  }
}

/** Makes every function of the table, each below the construct of its trigger. */
export function makeFunctions(
  scopes: Readonly<Record<Trigger, Construct>>,
  props: Omit<ScimFunctionProps, 'name'>,
): Readonly<Record<FunctionName, ScimFunction>> {
  const made = functions.map(({ name, trigger }) => {
    const id = `${name[0]?.toUpperCase()}${name.slice(1)}`;
    return [name, new ScimFunction(scopes[trigger], id, { ...props, name })] as const;
  });
  return Object.fromEntries(made) as Record<FunctionName, ScimFunction>;
}

/** How many environments are to be kept warm. @throws Error for more than are reserved, which Lambda would refuse */
function provisioned({
  name,
  provisionedConcurrency = {},
  reservedConcurrency,
}: ScimFunctionProps): number | undefined {
  const byName: Readonly<Partial<Record<FunctionName, number>>> = provisionedConcurrency;
  const warm = byName[name];
  const reserved = reservedConcurrency?.[name];
  if (warm === undefined || reserved === undefined || warm <= reserved) return warm;
  throw new Error(
    `provisionedConcurrency of ${name} is ${warm}, but reservedConcurrency allows ${reserved} at a time: raise it to at ` +
      `least ${warm}, or keep fewer warm.`,
  );
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
