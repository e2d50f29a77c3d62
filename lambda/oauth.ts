import { entraHosts } from '../deployment/federation';
import { openEarly } from './connection';
import { jsonFetcher } from './oauth/fetch-json';
import { oauthHandler } from './oauth/handler';
import { IssuerKeys } from './oauth/issuer-keys';
import { consoleLog } from './telemetry/log';
import { secretsManager } from './tenants/connection';
import { cacheSecrets } from './tenants/secret-cache';
import { SecretsManagerReader } from './tenants/secret-reader';

const { SECRET_PREFIX: prefix, FEDERATION_HOSTS: hosts, DEPLOYMENT: deployment = '' } = process.env;
if (!prefix) {
  throw new Error('The environment variable SECRET_PREFIX is not set; it begins the names of the secrets of clients.');
}

/** Milliseconds: a new secret must work at once, and wrong ones must not cost a look-up each. */
const secretTime = 1_000;

const client = secretsManager();
const clock = () => new Date();
const fetchJson = jsonFetcher({ hosts: new Set(hosts?.split(' ') ?? entraHosts) });

openEarly(client);

/** The token endpoint of each tenant, and its metadata; see `oauthHandler`. */
export const handler = oauthHandler({
  secrets: cacheSecrets(new SecretsManagerReader(client, prefix), clock, secretTime),
  issuerKeys: new IssuerKeys(fetchJson, clock),
  clock,
  log: consoleLog,
  deployment,
  documentation: process.env.DOCUMENTATION_URL,
});
