/** An error that says in one line why the endpoint does not start. */
export function startError(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name: startErrorName });
}

export const startErrorName = 'StartError';
