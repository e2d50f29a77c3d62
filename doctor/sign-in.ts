import { parseClientSecret } from '../lambda/tenants/token-format';
import type { Flow } from '../traffic/flow';
import { sendHttp } from '../traffic/send';
import { checkAddress } from './address';
import { tokenPlan } from './plans';
import { type Patient, play } from './play';
import type { Check } from './verdict';

/** The client that the doctor signs in as, with the fields of the Entra page. */
export interface Client {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const title = 'Token endpoint';

/** Checks the form of what was pasted, without showing the secret. */
export function checkClient(client: Client): readonly Check[] {
  const address = checkAddress(client.tokenUrl).filter(({ name }) => ['is a URL', 'is https'].includes(name));
  const found = faults.filter(({ has }) => has(client)).map(({ what }) => what);
  const fields: Check = {
    title,
    name: 'client identifier and client secret are complete',
    verdict: found.length > 0 ? 'failed' : 'ok',
    found,
    matters: 'A value that is incomplete or in the wrong field gets 401, like a wrong one.',
    cure: 'Copy both again, as "client create" or "client rotate" printed them.',
  };
  return [...address.map((check) => ({ ...check, title })), fields];
}

const faults: readonly { readonly what: string; readonly has: (client: Client) => boolean }[] = [
  { what: 'there is no client identifier', has: ({ clientId }) => clientId === '' },
  { what: 'there is no client secret', has: ({ clientSecret }) => clientSecret === '' },
  { what: 'one of them contains a space or a line break', has: (one) => /\s/.test(one.clientId + one.clientSecret) },
  { what: 'the client identifier is a client secret', has: ({ clientId }) => clientId.startsWith('scs_') },
  { what: 'the client secret is an API token', has: ({ clientSecret }) => clientSecret.startsWith('sst_') },
  { what: 'the client secret is an access token', has: ({ clientSecret }) => clientSecret.startsWith('sat_') },
  {
    what: 'the checksum of the client secret is wrong: a part is missing or changed',
    has: ({ clientSecret }) => clientSecret.startsWith('scs_') && !parseClientSecret(clientSecret),
  },
  {
    what: 'the client secret belongs to another client than the client identifier',
    has: ({ clientId, clientSecret }) => ![undefined, clientId].includes(parseClientSecret(clientSecret)?.credentialId),
  },
  {
    what: 'the client secret belongs to another tenant than the token endpoint',
    has: ({ tokenUrl, clientSecret }) => !tokenUrl.includes(parseClientSecret(clientSecret)?.tenantId ?? ''),
  },
];

/** What came of the attempt to get an access token. */
export interface SignedIn {
  readonly check: Check;
  /** Absent if there is none. */
  readonly token?: string;
}

/** Gets an access token as Entra does. */
export async function signIn({ tokenUrl, clientId, clientSecret }: Client): Promise<SignedIn> {
  const answer = await sendHttp({
    method: 'POST',
    url: tokenUrl,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }).toString(),
  });
  if ('noAnswer' in answer) return { check: attempt(`POST ${tokenUrl}: ${answer.noAnswer}`) };
  const token = accessTokenIn(answer.text);
  if (answer.status === 200 && token !== undefined) return { check: attempt(), token };
  // A secret may be in the field of the identifier.
  const shown = answer.text.replaceAll(clientSecret, '…').replace(/scs_\w+/g, '…');
  return { check: attempt(`POST ${tokenUrl}: ${answer.status} ${shown.slice(0, 400)}`) };
}

function accessTokenIn(text: string): string | undefined {
  try {
    const { access_token: token } = JSON.parse(text) as { readonly access_token?: unknown };
    return typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}

function attempt(problem?: string): Check {
  return {
    title,
    name: 'the client gets an access token',
    verdict: problem === undefined ? 'ok' : 'failed',
    found: problem === undefined ? [] : [problem],
    matters: 'Entra does this first, and nothing else without it.',
    cure: 'Compare token endpoint, client identifier and client secret with what "client create" printed. The log of the token endpoint says what is wrong.',
  };
}

/** Plays what Entra does at a token endpoint: every way to send the secret, a wrong one, and a token that has ended. */
export async function checkSignIn(
  client: Client,
  patient: Patient,
  onCheck: (check: Check) => void,
): Promise<readonly Check[]> {
  const { tokenUrl, clientId, clientSecret } = client;
  const form = (text: string) => encodeURIComponent(text);
  const basic = (secret: string) => Buffer.from(`${form(clientId)}:${form(secret)}`).toString('base64');
  const wrongSecret = changed(clientSecret);
  const flow: Flow = {
    name: 'token endpoint',
    description: '',
    source: [],
    profiles: [],
    variables: {
      clientId: form(clientId),
      unknownId: form(changed(clientId)),
      clientSecret: form(clientSecret),
      wrongSecret: form(wrongSecret),
      basic: basic(clientSecret),
      wrongBasic: basic(wrongSecret),
    },
    steps: [],
  };
  const secrets = [clientSecret, form(clientSecret), basic(clientSecret)];
  const place = { otherBaseUrl: patient.baseUrl };
  return await play(tokenPlan, flow, { ...patient, baseUrl: tokenUrl, secrets }, onCheck, place);
}

/** The same text with its last character changed. */
function changed(text: string): string {
  return `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;
}
