/**
 * The construct: an endpoint in a stack of your own, with grants for the functions of an application.
 *
 * @module serverless-scim
 */

import { CfnOutput, Stack, Token } from 'aws-cdk-lib';
import type { DomainName, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { EventBus, IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { type DeploymentDescription, descriptionFormat } from '../deployment/description';
import type { PerFunction } from '../deployment/functions';
import { readActivityDays } from './activity-table';
import { type ApiProps, ScimApi } from './api';
import { type ClientsProps, readDocumentationUrl, readFederationHosts } from './clients';
import { addDomain, type DomainProps } from './domain';
import { letLogsUse } from './encryption-key';
import { type EventsProps, makeEventBus } from './event-bus';
import { Expiring } from './expiring';
import { explainFindings } from './explained-findings';
import { Firewall, type FirewallProps, wantsFirewall } from './firewall';
import { type FunctionsProps, makeFunctions, type ScimFunction } from './functions';
import { GrantingEndpoint, type IScimEndpoint } from './grants';
import { describeOutputs, ImportedEndpoint, readParameter, type StackOutputs } from './imported-endpoint';
import { Limits, type LimitsProps, limitsTenants, sharedApiKey, type UsagePlans } from './limits';
import { credentialSecrets } from './permissions';
import { type PortalProps, readPortalSettings } from './portal';
import { type PublicBaseUrlProps, publicBaseUrl } from './public-base-url';
import { type RetentionProps, readRetentionDays } from './retention';
import { readMaxTokenDays, readSecretCacheTtl, type SecretsProps } from './secrets';
import { Sweeping } from './sweeping';
import { Tables, type TablesProps } from './table-constructs';
import { Watching, type WatchingProps } from './watching';

export type { DeploymentDescription } from '../deployment/description';
export type { FunctionName } from '../deployment/functions';
export type { Tier } from '../deployment/limits';
export type { ScimFunction } from './functions';
export type { Grantee, IScimEndpoint } from './grants';
export type { StackOutputs } from './imported-endpoint';
export type { UsagePlans } from './limits';
export type { Tables } from './table-constructs';

/** Options for an endpoint; the default of each is right for production. */
export interface ScimEndpointProps
  extends TablesProps,
    FunctionsProps,
    ApiProps,
    DomainProps,
    PublicBaseUrlProps,
    FirewallProps,
    EventsProps,
    SecretsProps,
    ClientsProps,
    RetentionProps,
    LimitsProps,
    PortalProps,
    WatchingProps {
  /**
   * Prefix of the names of the secrets of tokens and clients. It must be unique in the account and region, because an
   * endpoint accepts every token under its prefix.
   *
   * @default - `serverless-scim/<stack name>/<path of the construct in the stack>`
   */
  readonly secretPrefix?: string;
}

/**
 * A SCIM 2.0 endpoint: REST API, functions, tables, alarms and a dashboard.
 *
 * @example
 * const scim = new ScimEndpoint(this, 'Scim', { alarmEmail: 'operations@example.com' });
 */
export class ScimEndpoint extends GrantingEndpoint {
  /**
   * An endpoint that another app deployed in this account, by the outputs of its stack. Its grants are the same.
   *
   * @param outputs the outputs by name, as `cdk deploy --outputs-file` writes them for the stack; values that CloudFormation
   *   resolves (`Fn.importValue`) will do
   * @throws Error that names a missing output
   *
   * @example
   * const scim = ScimEndpoint.fromOutputs(this, 'Scim', outputs.Identity);
   * scim.grantReadDirectory(fn);
   */
  static fromOutputs(scope: Construct, id: string, outputs: StackOutputs): IScimEndpoint {
    return new ImportedEndpoint(scope, id, describeOutputs(outputs));
  }

  /**
   * An endpoint that another app deployed in this account, by the parameter that `addSsmParameter` made. The CDK looks the
   * parameter up when it synthesizes, and keeps it in `cdk.context.json`: the stack needs an account and a region (`env`).
   *
   * @throws Error if the parameter does not describe an endpoint of this release
   */
  static fromSsmParameter(scope: Construct, id: string, parameterName: string): IScimEndpoint {
    const text = StringParameter.valueFromLookup(scope, parameterName);
    return new ImportedEndpoint(scope, id, readParameter(parameterName, text));
  }

  readonly restApi: RestApi;
  /** The usage plans that limit the tenants of each tier. */
  readonly usagePlans: UsagePlans;
  readonly domain: DomainName | undefined;
  readonly tables: Tables;
  /** The bus with the events: add rules to it. */
  readonly eventBus: IEventBus | EventBus;
  readonly functions: PerFunction<ScimFunction>;
  /** The address of the portal, and where its page may lead back to; nothing if it is not deployed. */
  readonly portal: { readonly url: string; readonly returnUrls: readonly string[] } | undefined;
  /** Stream records that could not be handled, complete, for 90 days. */
  readonly failedRecords: Bucket;
  readonly secretPrefix: string;
  /** The customer managed key, if there is one. */
  readonly encryptionKey: IKey | undefined;
  /** The longest that an API token may live, in days. */
  readonly maxTokenDays: number;
  /** A tenant's Base URL, with `{tenantId}` for the tenant's id. */
  readonly baseUrlPattern: string;

  constructor(scope: Construct, id: string, props: ScimEndpointProps = {}) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    const path = pathInStack(this);
    this.secretPrefix = checkedPrefix(props.secretPrefix ?? `serverless-scim/${stackName}/${path}`);
    this.encryptionKey = props.encryptionKey;
    this.maxTokenDays = readMaxTokenDays(props);
    if (props.encryptionKey) letLogsUse(this, props.encryptionKey);
    this.tables = new Tables(this, 'Tables', props);
    this.eventBus = makeEventBus(this, stackName, path, props);
    const sweeping = new Sweeping(this, 'Sweeping', props);
    this.failedRecords = sweeping.failedRecords;
    const expiring = new Expiring(this, 'Expiring');
    const sharedKey = sharedApiKey(this);
    const secrets = credentialSecrets(this, this.secretPrefix);
    const publicUrl = publicBaseUrl(props, () => this.restApi);
    const portalSettings = readPortalSettings(props);
    this.functions = makeFunctions(
      { gateway: new Construct(this, 'Requests'), streams: sweeping, schedule: expiring },
      {
        ...props,
        publicBaseUrl: publicUrl,
        documentationUrl: readDocumentationUrl(props),
        resources: {
          tables: this.tables,
          credentialSecrets: secrets,
          secretPrefix: this.secretPrefix,
          secretCacheTtl: readSecretCacheTtl(props),
          federationHosts: readFederationHosts(props),
          encryptionKey: props.encryptionKey,
          sharedApiKey: sharedKey,
          sweeps: sweeping.sweeps,
          sweepDelay: sweeping.sweepDelay,
          failedRecords: sweeping.failedRecords,
          eventBus: this.eventBus,
          eventValues: props.eventValues ?? false,
          retentionDays: readRetentionDays(props),
          activityDays: readActivityDays(props),
          maxTokenDays: this.maxTokenDays,
        },
      },
      portalSettings ? { portal: portalSettings } : {},
    );
    const streams = sweeping.follow(this.tables, this.functions.changes.lambda);
    expiring.schedule(this.functions.expiry.lambda);
    const { restApi, throttled } = new ScimApi(this, 'Api', {
      ...props,
      apiName: `${stackName}/${path}`,
      tenantLimits: limitsTenants(props),
      functions: this.functions,
    });
    this.restApi = restApi;
    this.usagePlans = new Limits(this, 'Limits', restApi, sharedKey, props).plans;
    this.domain = addDomain(this, restApi, props);
    if (wantsFirewall(props)) new Firewall(this, 'Firewall', restApi, props);
    new Watching(this, 'Watching', {
      ...props,
      restApi,
      throttled,
      tables: this.tables,
      functions: this.functions,
      streams,
      failedSweeps: sweeping.failedSweeps,
    });
    explainFindings(this, {
      secrets,
      failedRecords: this.failedRecords.arnForObjects('*'),
    });
    const own = this.domain ? `https://${props.domainName}` : restApi.url.replace(/\/$/, '');
    this.baseUrlPattern = `${publicUrl ?? own}/{tenantId}/scim/v2`;
    this.portal = portalSettings && { url: `${publicUrl ?? own}/portal`, returnUrls: portalSettings.returnUrls };
  }

  get description(): DeploymentDescription {
    const { directory, memberships, activity } = this.tables;
    const { low, standard, high } = this.usagePlans;
    return {
      format: descriptionFormat,
      region: Stack.of(this).region,
      directoryTable: directory.tableName,
      membershipsTable: memberships.tableName,
      ...(activity && { activityTable: activity.tableName }),
      baseUrl: this.baseUrlPattern,
      secretPrefix: this.secretPrefix,
      ...(this.encryptionKey && { encryptionKey: this.encryptionKey.keyArn }),
      ...(low &&
        standard &&
        high && {
          usagePlans: { low: low.usagePlanId, standard: standard.usagePlanId, high: high.usagePlanId },
        }),
      maxTokenDays: this.maxTokenDays,
      authorizerLog: this.functions.authorizer.logGroup.logGroupName,
      ...(this.portal && { portal: this.portal }),
    };
  }

  protected get keyArns(): readonly string[] {
    const { directory, memberships } = this.tables;
    const keys = [this.encryptionKey, directory.encryptionKey, memberships.encryptionKey];
    return [...new Set(keys.flatMap((key) => key?.keyArn ?? []))];
  }

  /**
   * Adds an SSM parameter by which other apps of the account find the endpoint: `ScimEndpoint.fromSsmParameter` reads it. It
   * holds names and ARNs, no secrets.
   *
   * @param parameterName its name; by default `/serverless-scim/<stack name>/<path of the construct in the stack>`
   * @returns the parameter
   */
  addSsmParameter(parameterName?: string): StringParameter {
    return new StringParameter(this, 'Description', {
      parameterName: parameterName ?? `/serverless-scim/${Stack.of(this).stackName}/${pathInStack(this)}`,
      description: 'Where the SCIM endpoint is, for functions of other apps',
      stringValue: Stack.of(this).toJsonString(this.description),
    });
  }

  /** Adds the outputs by which `scim-admin` finds the endpoint in its stack. Only one endpoint per stack can have them. */
  addOutputs(): void {
    const stack = Stack.of(this);
    const output = (name: string, description: string, value: string) =>
      new CfnOutput(stack, name, { description, value });
    output('BaseUrl', 'Base URL of a tenant, with its id for {tenantId}', this.baseUrlPattern);
    output('Region', 'Region of the endpoint', stack.region);
    output('DirectoryTable', 'Table of tenants, users and groups', this.tables.directory.tableName);
    output('MembershipsTable', 'Table of group memberships', this.tables.memberships.tableName);
    if (this.tables.activity) output('ActivityTable', 'Table of activity', this.tables.activity.tableName);
    output('EventBus', 'Bus with the events of changes', this.eventBus.eventBusName);
    output('FailedRecordsBucket', 'Bucket of changes that could not be handled', this.failedRecords.bucketName);
    output('SecretPrefix', 'What the names of the secrets of tokens and clients begin with', this.secretPrefix);
    output('MaxTokenDays', 'The longest that an API token may live, in days', String(this.maxTokenDays));
    output('AuthorizerLog', 'Log group of the authorizer', this.functions.authorizer.logGroup.logGroupName);
    for (const [tier, { usagePlanId }] of Object.entries(this.usagePlans)) {
      output(`UsagePlan${tier[0]?.toUpperCase()}${tier.slice(1)}`, `Usage plan of the tier ${tier}`, usagePlanId);
    }
    if (this.encryptionKey) {
      output('EncryptionKey', 'Key for the secrets of tokens and clients', this.encryptionKey.keyArn);
    }
    for (const [name, { lambda }] of Object.entries(this.functions)) {
      output(`${name[0]?.toUpperCase()}${name.slice(1)}Function`, `Name of the function ${name}`, lambda.functionName);
    }
    if (this.portal) {
      output('PortalUrl', 'Address of the portal, to which invitations lead', this.portal.url);
      const { returnUrls } = this.portal;
      if (returnUrls.length > 0) output('PortalReturnUrls', 'Where the portal may lead back to', returnUrls.join(' '));
    }
    if (this.domain) {
      output('DomainTarget', 'Where the domain name must point', this.domain.domainNameAliasDomainName);
    }
  }
}

/** The path of a construct in its stack. Together with the stack's name it is unique in the account and region. */
function pathInStack(scope: Construct): string {
  return scope.node.path.slice(Stack.of(scope).node.path.length + 1);
}

/** @throws Error if a secret's name cannot start with it */
function checkedPrefix(prefix: string): string {
  if (Token.isUnresolved(prefix) || /^[\w+=.@-]+(?:\/[\w+=.@-]+)*$/.test(prefix)) return prefix;
  throw new Error(
    `secretPrefix "${prefix}" cannot start a secret's name: use letters, digits and _+=.@-, separated by "/".`,
  );
}
