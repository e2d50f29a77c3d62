/** Why the endpoint does not start, in one line for the person who starts it. */
export function startError(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name: startErrorName });
}

export const startErrorName = 'StartError';
