import { ScimError } from '../lambda/scim/message/error';
import { OperatorError } from '../operator/error';

const full = 'There is no space left for the file: free some, or use another path, and run the same command again.';

const untrusted =
  'The certificate of the AWS endpoint is not trusted: behind a proxy, set NODE_EXTRA_CA_CERTS to its certificate.';

/** Names of errors of the AWS clients and of Node, and what to do. */
const cures: ReadonlyMap<string, string> = new Map([
  [
    'CredentialsProviderError',
    'There are no AWS credentials: run "aws sso login", or set AWS_PROFILE; for a local endpoint pass --local.',
  ],
  ['ExpiredToken', 'The AWS credentials have expired: run "aws sso login" and try again.'],
  ['ExpiredTokenException', 'The AWS credentials have expired: run "aws sso login" and try again.'],
  ['TokenProviderError', 'The AWS sign-in has expired: run "aws sso login" and try again.'],
  ['UnrecognizedClientException', 'AWS does not know these credentials: check AWS_PROFILE and try again.'],
  ['InvalidClientTokenId', 'AWS does not know these credentials: check AWS_PROFILE and try again.'],
  [
    'InvalidSignatureException',
    'AWS does not accept these credentials: check the secret key and this computer’s clock.',
  ],
  ['SignatureDoesNotMatch', 'AWS does not accept these credentials: check the secret key and this computer’s clock.'],
  [
    'ResourceNotFoundException',
    'A table or secret of the deployment does not exist: was it deleted, or is the region wrong?',
  ],
  ['ThrottlingException', 'AWS throttles requests at the moment: try again.'],
  ['Throttling', 'AWS throttles requests at the moment: try again.'],
  ['EISDIR', 'The path is a folder, not a file: check the path.'],
  ['ENOSPC', full],
  ['EDQUOT', full],
  ['EFBIG', full],
  ['ECONNREFUSED', 'The connection was refused: is the endpoint running? Start a local one with "npm start".'],
  ['ENOTFOUND', 'The address does not exist: check the region (AWS_REGION or --region) and the network.'],
  ['EAI_AGAIN', 'The address cannot be resolved now: check the network and try again.'],
  ['TimeoutError', 'The request timed out: check the network and try again.'],
  ['ETIMEDOUT', 'The request timed out: check the network and try again.'],
  ['ECONNRESET', 'The connection was reset: check the network and try again.'],
  ['EHOSTUNREACH', 'The address cannot be reached: check the network and try again.'],
  ['ENETUNREACH', 'The address cannot be reached: check the network and try again.'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', untrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', untrusted],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', untrusted],
]);

/** Describes a failure in one line: what was wrong and what to do. */
export function explain(failure: unknown): string {
  if (failure instanceof OperatorError) return failure.message;
  if (failure instanceof ScimError) return failure.detail;
  if (!(failure instanceof Error)) return String(failure);
  if (failure.name === 'UnreadableItem') return firstLine(failure.message);
  if (failure.name === 'AbortError') return 'Interrupted: nothing more was changed.';
  return explainPermission(failure) ?? explainKnown(failure) ?? unexpected(failure);
}

function explainPermission({ name, message }: Error): string | undefined {
  if (!['AccessDenied', 'AccessDeniedException'].includes(name)) return undefined;
  const [, who = 'You', action, what] =
    /^User: (\S+) is not authorized to perform: (\S+?)(?: on resource: (\S+))?(?: |$)/.exec(message) ?? [];
  if (!action) return `AWS refuses this (${firstLine(message)}): ask for the permission.`;
  return `${who} may not do ${action}${what ? ` on ${what}` : ''}: ask for that permission.`;
}

function explainKnown(failure: Error): string | undefined {
  if (failure.message === 'Region is missing') {
    return 'There is no AWS region: set AWS_REGION or pass --region; for a local endpoint pass --local.';
  }
  if (failure.message.startsWith('Region not accepted')) {
    return `There is no such AWS region: check AWS_REGION or --region. (${firstLine(failure.message)})`;
  }
  const code = 'code' in failure ? String(failure.code) : '';
  const cure = cures.get(failure.name) ?? cures.get(code);
  if (cure) return `${cure} (${firstLine(failure.message) || code})`;
  return failure instanceof AggregateError && failure.errors[0] instanceof Error
    ? explainKnown(failure.errors[0])
    : undefined;
}

function unexpected({ name, message }: Error): string {
  return `Unexpected: ${name}: ${firstLine(message)}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
