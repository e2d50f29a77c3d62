import type { ApiFailure, ApiRemedy } from '../api/error';

/** What every call of an API has: the JSON that goes in and comes out. */
interface Call {
  in: unknown;
  out: unknown;
}

/** An API, as its interface in `web/api/` declares it: the calls by their names. */
export type Api<Shape> = { [Name in keyof Shape]: Call };

/** Sends a call and returns its answer. @throws {CallError} */
export type Caller<Shape extends Api<Shape>> = <Name extends keyof Shape & string>(
  name: Name,
  input: Shape[Name]['in'],
  signal?: AbortSignal,
) => Promise<Shape[Name]['out']>;

/** A call that was refused, or that never arrived (status 0): what was wrong, and what to do if that is known. */
export class CallError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
    readonly remedy?: ApiRemedy,
  ) {
    super(message);
    this.name = 'CallError';
  }
}

/** The folder of the page. Scripts lie in `assets/` below it, whichever address led to the page. */
const base = new URL('..', import.meta.url);

/** The typed client of an API. Every call is a POST of JSON to `api/<name>`, with the headers that a function gives. */
export function caller<Shape extends Api<Shape>>(headers: () => Record<string, string> = () => ({})): Caller<Shape> {
  return async (name, input, signal) => {
    const response = await post(new URL(`api/${name}`, base), input, headers(), signal);
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok && answer !== undefined) return answer;
    throw refusal(response.status, answer);
  };
}

async function post(
  url: URL,
  input: unknown,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(input ?? {}),
      credentials: 'same-origin',
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new CallError('The server cannot be reached.', 0, 'unreachable', {
      text: 'Check that it is running and that you are online, then try again.',
    });
  }
}

function refusal(status: number, answer: unknown): CallError {
  const { error } = (answer ?? {}) as Partial<ApiFailure>;
  const message = error?.message ?? `The server answered with status ${status}.`;
  return new CallError(message, status, error?.code ?? 'unknown', error?.remedy);
}
