import { isTier } from '../../deployment/limits';
import { isArray, isObject, type Json, type JsonObject } from '../scim/json';
import { isScope } from '../scim/scope';
import { accessTokenLife, maxPerClient } from './client';

/*
 * Whether stored values are what they should be. An operator can edit both the tenant item and a secret by hand; a value
 * that is not understood must never be taken for a credential.
 */

/** Whether it is a time; an invalid expiry would never be reached. */
function isTime(value: Json | undefined): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

/** Whether it is a key of 32 bytes in base64url: with an empty one, everybody could make access tokens. */
function isKey(value: Json | undefined): boolean {
  return typeof value === 'string' && /^[\w-]{43}$/.test(value);
}

/** Whether it has the members of a token in a tenant item. */
export function isTokenRecord(value: Json | undefined): boolean {
  return isObject(value) && isScope(value.scope) && isTime(value.created) && isTime(value.expires);
}

/** Whether it has the members of a client in a tenant item. */
export function isClientRecord(value: Json | undefined): boolean {
  return isObject(value) && isTime(value.created) && typeof value.version === 'number' && hasAuthentication(value);
}

/** Whether it is the value of a secret of a token or a client. */
export function isCredentialSecret(value: Json): boolean {
  if (!isObject(value) || typeof value.profile !== 'string' || typeof value.state !== 'string') return false;
  if (value.tier !== undefined && !isTier(value.tier)) return false;
  if (value.kind === 'client') return isKey(value.macKey) && hasAuthentication(value);
  const { kind, hash, expires, scope, label } = value;
  return kind === 'token' && typeof hash === 'string' && isTime(expires) && isScope(scope) && isOptionalText(label);
}

function hasAuthentication({ label, scope, accessTokenSeconds, secrets, keys, trusts }: JsonObject): boolean {
  return (
    isOptionalText(label) &&
    isScope(scope) &&
    typeof accessTokenSeconds === 'number' &&
    accessTokenSeconds >= accessTokenLife.least &&
    accessTokenSeconds <= accessTokenLife.most &&
    isListOf(
      secrets,
      maxPerClient.secrets,
      ({ hash, created, expires }) => typeof hash === 'string' && isTime(created) && isTime(expires),
    ) &&
    isListOf(keys, maxPerClient.keys, ({ created, jwk }) => isTime(created) && isObject(jwk)) &&
    isListOf(trusts, maxPerClient.trusts, isTrust)
  );
}

function isTrust({ created, issuer, subject, audience, jwksUrl }: JsonObject): boolean {
  return (
    isTime(created) && [issuer, subject, audience].every((one) => typeof one === 'string') && isOptionalText(jwksUrl)
  );
}

function isOptionalText(value: Json | undefined): boolean {
  return value === undefined || typeof value === 'string';
}

function isListOf(value: Json | undefined, most: number, isElement: (element: JsonObject) => boolean): boolean {
  return isArray(value) && value.length <= most && value.every((one) => isObject(one) && isElement(one));
}
