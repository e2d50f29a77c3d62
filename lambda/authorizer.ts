import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { methods } from '../deployment/functions';
import { openEarly } from './connection';
import { consoleLog } from './telemetry/log';
import { authorize } from './tenants/authorize';
import { secretsManager } from './tenants/connection';
import { cacheSecrets, cacheTimes } from './tenants/secret-cache';
import { SecretsManagerReader } from './tenants/secret-reader';

const prefix = process.env.SECRET_PREFIX;
if (!prefix) {
  throw new Error('The environment variable SECRET_PREFIX is not set; it begins the names of token secrets.');
}

const { SECRET_CACHE_SECONDS: seconds } = process.env;
const foundTime = seconds ? Number(seconds) * 1000 : cacheTimes.found;
const client = secretsManager();
const clock = () => new Date();
const services = {
  secrets: cacheSecrets(new SecretsManagerReader(client, prefix), clock, foundTime),
  clock,
  log: consoleLog,
  verbs: methods,
  deployment: process.env.DEPLOYMENT ?? '',
  sharedKey: process.env.SHARED_API_KEY ?? '',
};

openEarly(client);

/** Returns the policy of a token; see `authorize`. */
export function handler(event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  return authorize(services, event);
}
