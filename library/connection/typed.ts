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
  if (error.name === 'ResourceNotFoundException') {
    return new UnknownDeploymentError(
      'A table of the deployment does not exist: check the region and the account, and whether the stack was removed.',
      { cause: error },
    );
  }
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
