import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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
import { bundleFolder, type FunctionName, type WarmFunctionName } from './manifest';

/** What can be said about all functions. */
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
  readonly provisionedConcurrency?: Readonly<Partial<Record<WarmFunctionName, number>>>;

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

/** One function: what it is for, how long it may take, and what it gets. */
export interface ScimFunctionProps extends FunctionsProps {
  readonly name: FunctionName;
  readonly description: string;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  readonly removalPolicy?: RemovalPolicy;
}

/** A function from its bundle, with a role and a log group of its own. */
export class ScimFunction extends Construct {
  readonly lambda: LambdaFunction;
  /** What is to be invoked: the alias that has warm environments, where some are provisioned. */
  readonly target: IFunction;

  constructor(scope: Construct, id: string, props: ScimFunctionProps) {
    super(scope, id);
    const { name } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetention ?? RetentionDays.THREE_MONTHS,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    // A role made here, not by the function, gets no managed policy: that one may write to every log of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    for (const statement of props.statements) role.addToPolicy(statement);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundleFolder(name)),
      memorySize: props.memorySize ?? 1769,
      timeout: props.timeout,
      environment: props.environment,
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
