import { OperatorError } from '../operator/error';
import { describeMistake, type MistakeKind } from '../operator/mistake';
import type { ApiError, ApiRemedy } from '../web/api/error';
import { InputError } from './input';
import { inPage } from './remedies';

/** What a call answers when it fails. */
export interface Failure {
  readonly status: number;
  readonly error: ApiError;
}

const statuses: Readonly<Record<MistakeKind, number>> = {
  refused: 409,
  credentials: 502,
  permission: 403,
  unreachable: 502,
  unexpected: 500,
};

const advice: Readonly<Partial<Record<MistakeKind, ApiRemedy>>> = {
  credentials: {
    text:
      'Renew the AWS credentials in a terminal, such as with "aws sso login", then try again: the console takes the new ones. ' +
      'If they are environment variables, end the console with Ctrl-C and start it with the new ones.',
  },
  permission: {
    text: 'In a terminal, "npx scim-admin policies operator" prints the policy that allows everything that the console does.',
  },
  unreachable: { text: 'Check the network, and that the endpoint runs; then try again.' },
};

/** Describes why a call failed, in the words of the commands, and what to do in the page. */
export function describeFailure(failure: unknown): Failure {
  if (failure instanceof InputError) return { status: 400, error: { code: 'invalid', message: failure.message } };
  const { kind, message } = describeMistake(failure);
  const remedy = failure instanceof OperatorError ? failure.remedy && inPage(failure.remedy) : advice[kind];
  return { status: statuses[kind], error: { code: kind, message, ...(remedy && { remedy }) } };
}
