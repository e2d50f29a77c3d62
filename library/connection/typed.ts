import { ScimError } from '../../lambda/scim/message/error';
import { isBusy } from '../../lambda/store/errors';
import { OperatorError } from '../../operator/error';
import {
  type Grant,
  MissingPermissionError,
  OtherReleaseError,
  RefusedError,
  ThrottledError,
  UnknownDeploymentError,
} from '../errors';
import { withCall } from './calls';

/** What AWS's services call a refusal by IAM. */
const refusals: ReadonlySet<string> = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedException']);

/** The sentence of a refusal: `… is not authorized to perform: <action> on resource: <ARN> because …`. */
const refused = /not authorized to perform:? ([\w-]+:\w+)(?: on resource:? (\S+))?/;

/** What AWS and its clients say if they were led to no deployment, and what the library says then. */
const unknownDeployments: readonly { readonly isMet: (error: Error) => boolean; readonly message: string }[] = [
  {
    isMet: ({ name }) => name === 'ResourceNotFoundException',
    message:
      'A table of the deployment does not exist: check the names of the tables, the region and the account, and whether the ' +
      'stack was removed.',
  },
  {
    isMet: ({ name, message }) => name === 'ValidationException' && message.includes('does not match the schema'),
    message:
      'A table is none of serverless-scim, or directory and memberships were interchanged: check the names of the tables.',
  },
  {
    isMet: ({ message }) => message === 'Region is missing',
    message: 'Nothing says in which region the deployment is: pass region, or set the environment variable AWS_REGION.',
  },
];

/**
 * The error of the library for one from below it; any other error as it is.
 * @param grant what gives the permissions that the call needs
 */
function toLibraryError(error: unknown, grant: Grant): unknown {
  if (isBusy(error)) return new ThrottledError({ cause: error });
  if (!(error instanceof Error)) return error;
  if (refusals.has(error.name)) {
    const [, action = 'the call', resource] = refused.exec(error.message) ?? [];
    return new MissingPermissionError(action, resource, grant, { cause: error });
  }
  if (error.name === 'UnreadableItem') return new OtherReleaseError(error.message, { cause: error });
  const unknown = unknownDeployments.find(({ isMet }) => isMet(error));
  if (unknown) return new UnknownDeploymentError(unknown.message, { cause: error });
  if (error instanceof ScimError) return new RefusedError(error.detail, { cause: error });
  if (!(error instanceof OperatorError)) return error;
  return error.remedy?.operation === 'choose stack'
    ? new UnknownDeploymentError(error.message, { cause: error })
    : new RefusedError(withCall(error), { cause: error });
}

/** Runs a call. @throws the errors of the library instead of those from below it */
export async function typed<Result>(grant: Grant, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toLibraryError(error, grant);
  }
}

/** Yields what another iterable yields. @throws as `typed` */
export async function* typedItems<Item>(grant: Grant, items: AsyncIterable<Item>): AsyncGenerator<Item, void> {
  try {
    yield* items;
  } catch (error) {
    throw toLibraryError(error, grant);
  }
}
