import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isObject, type Json, type JsonObject } from '../scim/json';
import type { Address } from './address';
import { malformed, PortalError } from './error';
import { headersOf } from './headers';

/** More than any call needs: a setup with 100 steps and notes. */
const maxBodyBytes = 32 * 1024;

/**
 * Reads the body of a call, if the page itself sent it: a script of this origin, which no other site and no form can
 * pretend to be.
 * @throws PortalError 403 for another sender, 415, 413 or 400 for a body that is not an object of JSON
 */
export function readCall(event: APIGatewayProxyEvent, { origin }: Address): JsonObject {
  const only = (name: string) => {
    const values = headersOf(event, name);
    return values.length === 1 ? values[0] : undefined;
  };
  if (only('origin') !== origin || only('sec-fetch-site') !== 'same-origin') {
    throw new PortalError(
      403,
      'other-origin',
      'This call did not come from the page itself.',
      'Open the page from your link, in a current browser without extensions that change requests.',
    );
  }
  if (!/^application\/json\s*(?:;|$)/i.test(only('content-type') ?? '')) {
    throw new PortalError(415, 'invalid', 'A call has the type application/json.', 'Load the page again.');
  }
  const body = event.body ?? '';
  if (Buffer.byteLength(body) > maxBodyBytes) {
    throw new PortalError(413, 'too-large', 'This is more than 32 KB.', 'Write less.');
  }
  const value = parse(event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body);
  if (!isObject(value)) throw malformed('A call is an object of JSON.');
  return value;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The member of a call that must be text. @throws PortalError 400 */
export function textIn(input: JsonObject, name: string, most = 200): string {
  const text = optionalTextIn(input, name, most);
  if (text === undefined) throw malformed(`${name} is missing.`);
  return text;
}

/** The member of a call that may be text. @throws PortalError 400 for another type, or more characters */
export function optionalTextIn(input: JsonObject, name: string, most = 200): string | undefined {
  const { [name]: value } = input;
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw malformed(`${name} is not text.`);
  if (value.length > most) throw malformed(`${name} has more than ${most} characters.`);
  return value;
}

/** The member of a call that must be one of some words. @throws PortalError 400 */
export function wordIn<Word extends string>(input: JsonObject, name: string, words: readonly Word[]): Word {
  const word = words.find((each) => each === input[name]);
  if (word === undefined) throw malformed(`${name} is none of ${words.join(', ')}.`);
  return word;
}
