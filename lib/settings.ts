import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { functions, gatewayFunctions } from '../deployment/functions';
import { tiers } from '../deployment/limits';
import { maxActivityDays, maxRetentionDays } from '../deployment/tables';
import { mostTokenDays } from '../deployment/token-life';
import { arn, integer, list, matching, oneOf, onOff, perName, type Read, text } from './setting-types';

const retentionDays: Read<RetentionDays> = (value) => {
  const days = integer(1, 3653)(value);
  if (days in RetentionDays) return days;
  throw new Error('expected a number of days that CloudWatch Logs supports, such as 7, 30, 90, 365');
};

const stackName = matching(
  /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
  'a name of letters, digits and "-", beginning with a letter, of at most 128 characters',
);
const stageName = matching(/^\w[\w-]{0,127}$/, 'a name of letters, digits, "_" and "-", of at most 128 characters');
const table = arn('dynamodb', 'table/[^/]+', 'table/<name>');
const stream = arn('dynamodb', 'table/[^/]+/stream/.+', 'table/<name>/stream/2026-11-24T07:00:00.000');

/** Every setting of `cdk deploy -c <setting>=<value>`, and how it is read. `docs/deploy.md` explains each. */
const readers = {
  stackName,
  secretPrefix: text,
  stageName,
  authorizerCacheSeconds: integer(0, 300),
  secretCacheSeconds: integer(0, 900),
  federationHosts: list,
  documentationUrl: text,
  maxTokenDays: integer(1, mostTokenDays),
  deletedResourceRetention: integer(0, maxRetentionDays),
  activityRetention: integer(0, maxActivityDays),
  throttlingRateLimit: integer(1, 10_000),
  throttlingBurstLimit: integer(1, 5_000),
  tenantLimits: onOff,
  tenantRateLimits: perName(tiers, 1, 10_000, 'tiers'),
  portal: onOff,
  portalProductName: text,
  portalOperatorName: text,
  portalLogo: text,
  portalAccentColour: text,
  portalSupport: text,
  portalReturnUrls: list,
  accessLog: onOff,
  accountLoggingRole: onOff,
  domainName: text,
  certificateArn: arn('acm', 'certificate/.+', 'certificate/<id>'),
  hostedZoneId: text,
  hostedZoneName: text,
  publicBaseUrl: text,
  firewallRateLimit: integer(10, 2_000_000_000),
  firewallAllowedAddresses: list,
  firewallBlockedAddresses: list,
  memorySize: integer(256, 10_240),
  reservedConcurrency: perName(
    functions.map(({ name }) => name),
    1,
    100_000,
    'functions',
  ),
  // No client waits for the other functions, so keeping them warm would be useless.
  provisionedConcurrency: perName(gatewayFunctions, 1, 100_000, 'functions'),
  logRetentionDays: retentionDays,
  tracing: onOff,
  encryptionKeyArn: arn('kms', 'key/.+', 'key/<id>'),
  deletionProtection: onOff,
  removalPolicy: oneOf('retain', 'destroy'),
  directoryTableArn: table,
  directoryStreamArn: stream,
  membershipsTableArn: table,
  membershipsStreamArn: stream,
  eventBusArn: arn('events', 'event-bus/.+', 'event-bus/<name>'),
  eventValues: onOff,
  alarms: onOff,
  dashboard: onOff,
  alarmEmail: text,
  alarmTopicArn: arn('sns', '[^:]+', '<topic>'),
};

type Readers = typeof readers;

/** The settings, with their types. */
export type Settings = { readonly [K in keyof Readers]?: ReturnType<Readers[K]> };

/** The context also contains the CDK's own keys: feature flags, look-ups, acknowledged notices. */
const ofCdk = /[@:/]|^acknowledged-issue-numbers$/;

/**
 * Reads the settings from a CDK context. @throws Error that names each setting that is unknown or has a wrong value,
 * and what is expected
 */
export function readSettings(context: Readonly<Record<string, unknown>>): Settings {
  const given = Object.entries(context).filter(([key]) => !ofCdk.test(key));
  const problems: string[] = [];
  const settings = given.map(([key, value]): [string, unknown] => {
    if (!Object.hasOwn(readers, key)) {
      problems.push(`There is no setting "${key}". There are: ${Object.keys(readers).join(', ')}.`);
      return [key, undefined];
    }
    try {
      return [key, readers[key as keyof Readers](value)];
    } catch (error) {
      const expected = error instanceof Error ? error.message : String(error);
      problems.push(`Setting ${key}=${JSON.stringify(value)}: ${expected}.`);
      return [key, undefined];
    }
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return Object.fromEntries(settings) as Settings;
}
