import type { ApiError, ApiFailure } from '../web/api/error';
import type { Handler } from './call';
import { calls } from './calls';
import { describeFailure } from './failure';
import type { Source } from './source';

/** The answer to a call, its body still to be made JSON. */
export interface CallAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Answers a call. Never throws: a failure is an answer, too.
 * @param log called with a failure that nobody expected
 */
export async function answerCall(
  source: Source,
  name: string,
  body: string,
  log: (failure: unknown) => void,
): Promise<CallAnswer> {
  if (!Object.hasOwn(calls, name)) {
    return failed(404, { code: 'invalid', message: `There is no call ${JSON.stringify(name)}.` });
  }
  const parsed = parse(body);
  if (!parsed) return failed(400, { code: 'invalid', message: 'The body of the call is not JSON.' });
  try {
    const { input, run } = calls[name as keyof typeof calls] as Handler<unknown, unknown>;
    const read = input(parsed.value, 'input');
    return { status: 200, body: await run({ deployment: await source.deployment(), place: source.place }, read) };
  } catch (failure) {
    const { status, error } = describeFailure(failure);
    // The clients would go on with the credentials that AWS refused.
    if (error.code === 'credentials') source.disconnect();
    if (error.code === 'unexpected') log(failure);
    return failed(status, error);
  }
}

function failed(status: number, error: ApiError): CallAnswer {
  return { status, body: { error } satisfies ApiFailure };
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
