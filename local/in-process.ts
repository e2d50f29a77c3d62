import { handIn } from '../lambda/connection';
import { callService, type Service } from './aws-requests';

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The services of the endpoint that is open in this process. */
let present: ReadonlyMap<string, Service> | undefined;

/**
 * Has the clients that functions make from now on call the services in this process, without HTTP and signatures. They are
 * made once, so they call those of the endpoint that is open at the time. Returns the function that ends it.
 */
export function handInAnswers(): () => Promise<void> {
  handIn({ requestHandler: { handle, destroy: () => {} }, signer: { sign: async (request) => request } });
  return async () => {
    present = undefined;
    handIn(undefined);
  };
}

/** Has these services answer. */
export function answerInProcess(services: ReadonlyMap<string, Service>): void {
  present = services;
}

/** Sends a request as the SDK's handler does. @throws Error when no endpoint is open */
async function handle(input: object): Promise<{ readonly response: object }> {
  const { headers, body = '' } = input as Request;
  if (!present) throw new Error('The local endpoint is closed.');
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const reply = await callService(present, headers['x-amz-target'] ?? '', text);
  return { response: { statusCode: reply.status, headers: {}, body: Buffer.from(JSON.stringify(reply.body)) } };
}
