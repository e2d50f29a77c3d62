import { randomBytes } from 'node:crypto';
import { activityDays } from '../deployment/tables';
import { defaultMaxTokenDays } from '../deployment/token-life';
import { type DeploymentFacts, portalUrl } from '../operator/connection/facts';
import { account } from './engine/call-store';

/** Names of the local endpoint's resources: the same at every start, because data and tools use them. */
export const names = {
  directoryTable: 'directory',
  membershipsTable: 'memberships',
  activityTable: 'activity',
  secretPrefix: 'serverless-scim/tokens',
  sharedApiKey: 'scimsharedbytenants',
  queue: 'sweep',
  eventBus: 'changes',
  authorizerLog: 'authorizer',
} as const;

const region = 'us-east-1';

/** The access key of the services; new at every start. */
export const credentials = {
  accessKeyId: `LOCAL${randomBytes(16).toString('hex').toUpperCase()}`,
  // Signatures are not checked.
  secretAccessKey: 'local',
};

/** Variables of the shell that would direct the AWS clients elsewhere. */
const misleading = [
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ENDPOINT_URL_EVENTBRIDGE',
  'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  'AWS_ENDPOINT_URL_SQS',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_PROFILE',
  'AWS_SESSION_TOKEN',
];

/** Sets the functions' environment variables, and directs the AWS clients to this process. */
export function setEnvironment(url: string): void {
  for (const name of misleading) delete process.env[name];
  Object.assign(process.env, {
    AWS_REGION: region,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    DIRECTORY_TABLE: names.directoryTable,
    MEMBERSHIPS_TABLE: names.membershipsTable,
    ACTIVITY_TABLE: names.activityTable,
    ACTIVITY_DAYS: String(activityDays),
    SECRET_PREFIX: names.secretPrefix,
    SHARED_API_KEY: names.sharedApiKey,
    AUTHORIZER_LOG: names.authorizerLog,
    DEPLOYMENT: names.directoryTable,
    EVENT_BUS_NAME: names.eventBus,
    SWEEP_QUEUE_URL: `${url}/${account}/${names.queue}`,
    // The warning is about later releases of the SDK.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
}

/** The facts that `scim-admin --local` needs about this endpoint. */
export function describeEndpoint(url: string, stage: string): DeploymentFacts {
  const { directoryTable, membershipsTable, activityTable, secretPrefix, authorizerLog } = names;
  const baseUrlPattern = `${url}/${stage}/{tenantId}/scim/v2`;
  return {
    baseUrlPattern,
    directoryTable,
    membershipsTable,
    activityTable,
    secretPrefix,
    maxTokenDays: defaultMaxTokenDays,
    portal: { url: portalUrl(baseUrlPattern), returnUrls: [] },
    authorizerLog,
    client: { endpoint: url, region, credentials },
  };
}
