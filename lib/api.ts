import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  ApiKeySourceType,
  AuthorizationType,
  type CfnAuthorizer,
  EndpointType,
  type IResource,
  LambdaIntegration,
  LogGroupLogDestination,
  type MethodDeploymentOptions,
  ResponseType,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { authorizationPattern } from '../deployment/credentials';
import { type PerFunction, type Route, routes } from '../deployment/functions';
import { openRouteLimit, portalRouteLimit, stageLimit } from '../deployment/limits';
import { metricNamespace } from '../deployment/metrics';
import { readManifest } from './manifest';

/** Options for the API. */
export interface ApiProps {
  /**
   * The stage, which is the first part of every path unless a domain name is given.
   *
   * @default 'prod'
   */
  readonly stageName?: string;

  /**
   * Authorizer cache TTL, from 0 to 5 minutes. A revoked token is accepted that much longer, in addition to the time for
   * which the authorizer caches its secret (`secretCacheTtl`), and an access token of a client that much after its end.
   *
   * @default Duration.seconds(60)
   */
  readonly authorizerCacheTtl?: Duration;

  /**
   * Requests per second that the stage accepts, for all tenants together; above it clients get 429. Keep it below what
   * the account's Lambda concurrency can handle: a throttled function causes a 500, which identity providers treat as a
   * failure. Each tenant also has its own limit (`tenantRateLimits`).
   *
   * @default 4000: at 0.2 seconds a request 800 of the 1,000 concurrent executions of an account
   */
  readonly throttlingRateLimit?: number;

  /**
   * Burst of requests that the stage accepts.
   *
   * @default 800: each needs an execution
   */
  readonly throttlingBurstLimit?: number;

  /**
   * Whether the stage writes an access log: one JSON line per request, without tokens, addresses, paths or other
   * personal data. It includes requests that the gateway refuses before it invokes a function.
   *
   * @default - same as `accountLoggingRole`: without that role in the account, a stage with an access log cannot be
   * deployed
   */
  readonly accessLog?: boolean;

  /**
   * Whether to create the role with which API Gateway writes logs. It belongs to the whole account and region, replaces
   * an existing one, and stays when the stack is removed. If the account has one, set only `accessLog: true`.
   *
   * @default false
   */
  readonly accountLoggingRole?: boolean;

  /**
   * Minimum size of responses that are compressed, for clients that accept it.
   *
   * @default Size.kibibytes(1)
   */
  readonly minCompressionSize?: Size;
}

/** Properties of the construct. */
export interface ScimApiProps extends ApiProps {
  readonly apiName: string;
  readonly tenantLimits: boolean;
  readonly functions: PerFunction<{ readonly target: IFunction }>;
  readonly tracing?: boolean;
  readonly logRetention?: RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
  readonly encryptionKey?: IKey;
}

/** The REST API, from the routes of the functions and the manifest's gateway responses. */
export class ScimApi extends Construct {
  readonly restApi: RestApi;
  /** Requests answered with 429, where there is an access log to count them in. */
  readonly throttled: IMetric | undefined;

  constructor(scope: Construct, id: string, props: ScimApiProps) {
    super(scope, id);
    const { responses } = readManifest();
    const openRoutes = deployedRoutes(props).filter(({ open }) => open);
    const accessLog = (props.accessLog ?? props.accountLoggingRole) ? this.makeAccessLog(props) : undefined;
    this.throttled = accessLog && countThrottled(this, accessLog, props.apiName, openRoutes);
    this.restApi = new RestApi(this, 'RestApi', {
      // CloudWatch identifies an API by its name only: two endpoints with the same name would share metrics.
      restApiName: props.apiName,
      description: 'SCIM 2.0 endpoint',
      // The authorizer names the key by which a tenant's requests are limited; a client cannot.
      ...(props.tenantLimits ? { apiKeySourceType: ApiKeySourceType.AUTHORIZER } : {}),
      endpointTypes: [EndpointType.REGIONAL],
      minCompressionSize: props.minCompressionSize ?? Size.kibibytes(1),
      ...(props.accountLoggingRole
        ? { cloudWatchRole: true, cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN }
        : { cloudWatchRole: false }),
      deployOptions: {
        stageName: props.stageName ?? 'prod',
        throttlingRateLimit: props.throttlingRateLimit ?? stageLimit.rate,
        throttlingBurstLimit: props.throttlingBurstLimit ?? stageLimit.burst,
        methodOptions: limitsOf(openRoutes),
        tracingEnabled: props.tracing ?? false,
        ...(accessLog
          ? {
              accessLogDestination: new LogGroupLogDestination(accessLog),
              accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLogLine)),
            }
          : {}),
      },
    });
    this.restApi.node.tryRemoveChild('Endpoint');
    for (const { type, status, headers, body } of responses) {
      this.restApi.addGatewayResponse(type, {
        type: ResponseType.of(type),
        statusCode: String(status),
        responseHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `'${value}'`])),
        templates: { 'application/json': body },
      });
    }
    this.addRoutes(props);
  }

  private addRoutes(props: ScimApiProps): void {
    const resultsCacheTtl = readAuthorizerCacheTtl(props);
    const authorizer = new TokenAuthorizer(this, 'Authorizer', {
      handler: props.functions.authorizer.target,
      resultsCacheTtl,
      validationRegex: authorizationPattern,
    });
    redeployWhenChanged(this.restApi, authorizer.node.defaultChild as CfnAuthorizer);
    const behindAuthorizer = {
      authorizer,
      authorizationType: AuthorizationType.CUSTOM,
      apiKeyRequired: props.tenantLimits,
    };
    for (const { method, path, open, target } of deployedRoutes(props)) {
      // One permission per function instead of one per method and for the console's test button.
      const integration = new LambdaIntegration(target, { scopePermissionToMethod: false });
      const options = open ? { authorizationType: AuthorizationType.NONE } : behindAuthorizer;
      resource(this.restApi.root, path).addMethod(method, integration, options);
    }
  }

  private makeAccessLog(props: ScimApiProps): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      retention: props.logRetention ?? RetentionDays.THREE_MONTHS,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      ...(props.encryptionKey ? { encryptionKey: props.encryptionKey } : {}),
    });
  }
}

interface DeployedRoute extends Route {
  readonly target: IFunction;
}

/** The routes of the functions that are deployed. */
function deployedRoutes({ functions }: ScimApiProps): readonly DeployedRoute[] {
  return routes.flatMap((route) => {
    const target = functions[route.function]?.target;
    return target ? [{ ...route, target }] : [];
  });
}

/** Limits of the methods that anybody may call. */
function limitsOf(openRoutes: readonly Route[]): Record<string, MethodDeploymentOptions> {
  return Object.fromEntries(
    openRoutes.map(({ method, path, function: name }) => {
      const { rate, burst } = name === 'portal' ? portalRouteLimit : openRouteLimit;
      return [`${path}/${method}`, { throttlingRateLimit: rate, throttlingBurstLimit: burst }];
    }),
  );
}

/** An access token of a client is accepted for this long after its end, because the result is cached for the token. */
const maxAuthorizerCacheTtl = Duration.minutes(5);

/** Returns the TTL of the gateway's cache. @throws Error if it is more than 5 minutes */
function readAuthorizerCacheTtl({ authorizerCacheTtl = Duration.seconds(60) }: ApiProps): Duration {
  if (authorizerCacheTtl.toSeconds() <= maxAuthorizerCacheTtl.toSeconds()) return authorizerCacheTtl;
  throw new Error(`authorizerCacheTtl is ${authorizerCacheTtl.toSeconds()} seconds; it is at most 5 minutes.`);
}

/**
 * Counts the requests that were answered with 429, most of them by the gateway, in a metric of this API. Not those of the
 * open routes: anybody could have them raise the alarm.
 */
function countThrottled(scope: Construct, accessLog: LogGroup, apiName: string, openRoutes: readonly Route[]): IMetric {
  const filter = new MetricFilter(scope, 'Throttled', {
    logGroup: accessLog,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue('$.status', '=', '429'),
      ...[...new Set(openRoutes.map(({ path }) => path))].map((path) =>
        FilterPattern.stringValue('$.route', '!=', path),
      ),
    ),
    metricNamespace: `${metricNamespace}/${apiName}`,
    metricName: 'ThrottledRequests',
  });
  return filter.metric({ period: Duration.minutes(5), statistic: Stats.SUM, label: '429' });
}

/** Logs the route (`resourcePath`) instead of the path, which may contain a name or an email address. */
const accessLogLine = {
  time: AccessLogField.contextRequestTime(),
  requestId: AccessLogField.contextExtendedRequestId(),
  tenantId: AccessLogField.contextAuthorizer('tenantId'),
  credentialId: AccessLogField.contextAuthorizer('credentialId'),
  method: AccessLogField.contextHttpMethod(),
  route: AccessLogField.contextResourcePath(),
  status: AccessLogField.contextStatus(),
  errorType: AccessLogField.contextErrorResponseType(),
  latency: AccessLogField.contextResponseLatency(),
  integrationLatency: AccessLogField.contextIntegrationLatency(),
  authorizerLatency: '$context.authorizer.integrationLatency',
  responseLength: AccessLogField.contextResponseLength(),
};

/**
 * A stage uses the authorizer's configuration of its last deployment. The CDK creates a new deployment for a change of it
 * only with a feature flag. So this adds the configuration to the deployment's id.
 */
function redeployWhenChanged({ latestDeployment }: RestApi, authorizer: CfnAuthorizer): void {
  const { authorizerUri, authorizerResultTtlInSeconds, identitySource, identityValidationExpression } = authorizer;
  latestDeployment?.addToLogicalId({
    authorizerUri,
    authorizerResultTtlInSeconds,
    identitySource,
    identityValidationExpression,
  });
  latestDeployment?.node.addDependency(authorizer);
}

function resource(root: IResource, path: string): IResource {
  return path === '/' ? root : root.resourceForPath(path);
}
