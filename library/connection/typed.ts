import { ScimError } from '../../lambda/scim/message/error';
import { isBusy } from '../../lambda/store/errors';
import { OperatorError } from '../../operator/error';
import { describeMistake } from '../../operator/mistake';
import { isThrottled } from '../../operator/throttled';
import {
  CredentialsError,
  type Grant,
  MissingPermissionError,
  OtherReleaseError,
  RefusedError,
  ThrottledError,
  UnknownDeploymentError,
  UnreachableError,
} from '../errors';
import { withCall } from './calls';

/** What AWS's services call a refusal by IAM. */
const refusals: ReadonlySet<string> = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedException']);

/** The sentence of a refusal: `… is not authorized to perform: <action> on resource: <ARN> because …`. */
const refused = /not authorized to perform:? ([\w-]+:\w+)(?: on resource:? (\S+))?/;

/** What AWS and its clients say if they were led to no deployment, and what the library says then. */
const unknownDeployments: readonly {
  readonly isMet: (error: Error) => boolean;
  readonly message: (error: Error) => string;
}[] = [
  {
    isMet: ({ name }) => name === 'ResourceNotFoundException' || name === 'NotFoundException',
    message: (error) =>
      `${serviceOf(error)} does not have a part of the deployment (${said(error)}): check the names of the tables, the region ` +
      'and the account, and whether the stack was removed.',
  },
  {
    isMet: ({ name, message }) => name === 'ValidationException' && message.includes('does not match the schema'),
    message: () =>
      'A table is none of serverless-scim, or directory and memberships were interchanged: check the names of the tables.',
  },
  {
    isMet: ({ message }) => message === 'Region is missing',
    message: () =>
      'Nothing says in which region the deployment is: pass region, or set the environment variable AWS_REGION.',
  },
];

/** The services that the library calls, by the name that the SDK's errors begin with. */
const services: Readonly<Record<string, string>> = {
  APIGateway: 'API Gateway',
  CloudFormation: 'CloudFormation',
  CloudWatchLogs: 'CloudWatch Logs',
  DynamoDB: 'DynamoDB',
  SecretsManager: 'Secrets Manager',
};

/**
 * The error of the library for one from below it; any other error as it is.
 * @param grant what gives the permissions that the call needs
 */
function toLibraryError(error: unknown, grant: Grant): unknown {
  if (!(error instanceof Error)) return error;
  const options = { cause: error };
  if (isBusy(error)) return new ThrottledError('DynamoDB', said(firstCause(error)), { cause: firstCause(error) });
  if (isThrottled(error)) return new ThrottledError(serviceOf(error), said(error), options);
  if (refusals.has(error.name)) return missingPermission(error, grant);
  if (error.name === 'UnreadableItem') return new OtherReleaseError(error.message, options);
  const unknown = unknownDeployments.find(({ isMet }) => isMet(error));
  if (unknown) return new UnknownDeploymentError(unknown.message(error), options);
  if (error instanceof ScimError) return new RefusedError(error.detail, options);
  if (error instanceof OperatorError) {
    return error.remedy?.operation === 'choose stack'
      ? new UnknownDeploymentError(error.message, options)
      : new RefusedError(withCall(error), options);
  }
  const { kind, message } = describeMistake(error);
  if (kind === 'credentials') return new CredentialsError(message, options);
  return kind === 'unreachable' ? new UnreachableError(message, options) : error;
}

function missingPermission(error: Error, grant: Grant): MissingPermissionError {
  const [, action = `the call (${said(error)})`, resource] = refused.exec(error.message) ?? [];
  // To find a stack is up to whoever passes its name: no grant allows that.
  const given = action.startsWith('cloudformation:') ? undefined : grant;
  return new MissingPermissionError(action, resource, given, { cause: error });
}

/** The name and the message of an error, as a service gave them. */
function said(error: Error): string {
  if (error instanceof ScimError) return error.detail.replace(/\. Try again\.$/, '');
  const { name, message } = error;
  return message ? `${name}: ${message.replace(/\.$/, '')}` : name;
}

/** The failure with which a chain of causes began. */
const firstCause = (error: Error): Error => (error.cause instanceof Error ? firstCause(error.cause) : error);

/** The service that an error of the SDK is from: one of its classes is called `<service>ServiceException`. */
function serviceOf(error: Error): string {
  for (let type = Object.getPrototypeOf(error); type; type = Object.getPrototypeOf(type)) {
    const [, name = ''] = /^(\w+)ServiceException$/.exec(type.constructor.name) ?? [];
    if (name in services) return services[name] as string;
  }
  return 'AWS';
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
