import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { requestIdOf } from '../gateway/event';
import { ScimError } from '../scim/message/error';
import { isBusy } from '../store/errors';
import { describeError } from '../telemetry/log';
import type { Address } from './address';
import { failed, json, refused } from './answer';
import { callNamed, type PortalCall } from './calls';
import type { OpenContext, PortalServices } from './context';
import { forgetSession, sessionSecret } from './cookie';
import { notAllowed, PortalError } from './error';
import { readCall } from './read-call';
import { findSession } from './session';

/** The answer of a call, and what the log may say about it. */
export interface ServedCall {
  readonly result: APIGatewayProxyResult;
  readonly tenantId?: string | undefined;
  /** Its name, if it is one of ours. */
  readonly call?: string;
}

/** A call under way. */
interface Arrived {
  readonly services: PortalServices;
  readonly event: APIGatewayProxyEvent;
  readonly address: Address;
  readonly now: Date;
}

/** Answers a call by its name. It never throws. */
export async function serveCall(arrived: Arrived, name: string): Promise<ServedCall> {
  const { services, event } = arrived;
  const call = callNamed(name);
  if (!call) {
    const unknown = new PortalError(404, 'unknown-call', 'There is no such call.', 'Load the page again.');
    return { result: refused(event, unknown) };
  }
  const cookies: string[] = [];
  let tenantId: string | undefined;
  try {
    const out = await answerCall(arrived, call, {
      setCookie: (header) => cookies.push(header),
      setTenant: (id) => {
        tenantId = id;
      },
    });
    return { result: json(200, out, cookieHeader(cookies)), tenantId, call: name };
  } catch (error) {
    const refusal = toRefusal(error);
    const cause = refusal ? refusal.cause : error;
    const entry = { level: refusal ? 'warn' : 'error', requestId: requestIdOf(event), tenantId };
    if (cause !== undefined) services.log({ ...entry, error: describeError(cause) });
    const more = cookieHeader(cookies);
    return { result: refusal ? refused(event, refusal, more) : failed(event, more), tenantId, call: name };
  }
}

interface Effects {
  readonly setCookie: (header: string) => void;
  readonly setTenant: (tenantId: string) => void;
}

/** Checks who sends a call, finds the session, and runs it if the session may. @throws PortalError if not */
async function answerCall(
  { services, event, address, now }: Arrived,
  call: PortalCall<object>,
  { setCookie, setTenant }: Effects,
): Promise<object> {
  const input = readCall(event, address);
  const isSecure = address.origin.startsWith('https:');
  const secret = sessionSecret(event, isSecure);
  const found = await findSession(services.deployment.tables, secret, now);
  const current = found instanceof PortalError ? undefined : found;
  if (current) setTenant(current.session.tenantId);
  const context: OpenContext = { services, address, input, now, requestId: requestIdOf(event), current, setCookie };
  if (call.needs === 'nothing') return call.run(context);
  if (!current) {
    if (secret !== undefined) setCookie(forgetSession(isSecure));
    throw found;
  }
  if (call.needs === 'manage' && current.invitation.scope !== 'manage') throw notAllowed();
  return call.run({ ...context, current });
}

/** What the administrator is told about an error; nothing for a fault of ours. */
function toRefusal(error: unknown): PortalError | undefined {
  if (error instanceof PortalError) return error;
  if (!isBusy(error) && !(error instanceof ScimError && error.status === 429)) return undefined;
  const options = { cause: error };
  return new PortalError(429, 'busy', 'Too much happens at the same time.', 'Try again in a moment.', options);
}

const cookieHeader = ([header]: readonly string[]) => (header === undefined ? {} : { 'Set-Cookie': header });
