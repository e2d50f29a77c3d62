import { ScimError } from '../lambda/scim/message/error';
import { OperatorError } from './error';
import { isThrottled } from './throttled';

/**
 * What kind of failure it is: the operator can fix it by what the message says; AWS does not accept the operator's
 * credentials; they may not do this; nothing answers; or nobody expected it.
 */
export type MistakeKind = 'refused' | 'credentials' | 'permission' | 'unreachable' | 'unexpected';

/** A failure, described. */
export interface Mistake {
  readonly kind: MistakeKind;
  /** One line: what was wrong, and what to do. */
  readonly message: string;
}

/** What an interface adds where a message names the region, or could be about a local endpoint: its own options and commands. */
export interface Hints {
  readonly region: string;
  readonly local: string;
  readonly start: string;
}

const noHints: Hints = { region: '', local: '', start: '' };

type Cure = readonly [kind: MistakeKind, text: string];

const full: Cure = [
  'refused',
  'There is no space left for the file: free some, or use another path, and run the same command again.',
];
const untrusted: Cure = [
  'unreachable',
  'The certificate of the AWS endpoint is not trusted: behind a proxy, set NODE_EXTRA_CA_CERTS to its certificate.',
];
const expired: Cure = ['credentials', 'The AWS credentials have expired: run "aws sso login" and try again.'];
const unknown: Cure = ['credentials', 'AWS does not know these credentials: check AWS_PROFILE and try again.'];
const misfit: Cure = [
  'credentials',
  'AWS does not accept these credentials: check the secret key and this computer’s clock.',
];
const noRegion: Cure = ['credentials', 'There is no such AWS region: check AWS_REGION{region}.'];
const throttled: Cure = ['unreachable', 'AWS throttles requests at the moment: try again in some seconds.'];
const timedOut: Cure = ['unreachable', 'The request timed out: check the network and try again.'];
const noWay: Cure = ['unreachable', 'The address cannot be reached: check the network and try again.'];

/** Names of errors of the AWS clients and of Node, and what to do. */
const cures: ReadonlyMap<string, Cure> = new Map<string, Cure>([
  [
    'CredentialsProviderError',
    ['credentials', 'There are no AWS credentials: run "aws sso login", or set AWS_PROFILE{local}.'],
  ],
  ['ExpiredToken', expired],
  ['ExpiredTokenException', expired],
  ['TokenProviderError', ['credentials', 'The AWS sign-in has expired: run "aws sso login" and try again.']],
  ['UnrecognizedClientException', unknown],
  ['InvalidClientTokenId', unknown],
  ['InvalidSignatureException', misfit],
  ['SignatureDoesNotMatch', misfit],
  [
    'ResourceNotFoundException',
    ['refused', 'A table or secret of the deployment does not exist: was it deleted, or is the region wrong?'],
  ],
  ['EISDIR', ['refused', 'The path is a folder, not a file: check the path.']],
  ['ENOSPC', full],
  ['EDQUOT', full],
  ['EFBIG', full],
  ['ECONNREFUSED', ['unreachable', 'The connection was refused: is the endpoint running?{start}']],
  ['ENOTFOUND', ['unreachable', 'The address does not exist: check the region (AWS_REGION{region}) and the network.']],
  ['EAI_AGAIN', ['unreachable', 'The address cannot be resolved now: check the network and try again.']],
  ['TimeoutError', timedOut],
  ['ETIMEDOUT', timedOut],
  ['ECONNRESET', ['unreachable', 'The connection was reset: check the network and try again.']],
  ['EHOSTUNREACH', noWay],
  ['ENETUNREACH', noWay],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', untrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', untrusted],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', untrusted],
]);

/** Describes a failure in one line: what was wrong and what to do. */
export function describeMistake(failure: unknown, hints: Hints = noHints): Mistake {
  if (failure instanceof OperatorError) return { kind: 'refused', message: failure.message };
  if (failure instanceof ScimError) return { kind: 'refused', message: failure.detail };
  if (!(failure instanceof Error)) return { kind: 'unexpected', message: String(failure) };
  const { name, message } = failure;
  if (name === 'UnreadableItem') return { kind: 'refused', message: firstLine(message) };
  if (name === 'AbortError') return { kind: 'refused', message: 'Interrupted: nothing more was changed.' };
  const unexpected: Mistake = { kind: 'unexpected', message: `Unexpected: ${name}: ${firstLine(message)}` };
  return permission(failure) ?? known(failure, hints) ?? unexpected;
}

function permission({ name, message }: Error): Mistake | undefined {
  if (!['AccessDenied', 'AccessDeniedException'].includes(name)) return undefined;
  const [, who = 'You', action, what] =
    /^User: (\S+) is not authorized to perform: (\S+?)(?: on resource: (\S+))?(?: |$)/.exec(message) ?? [];
  const told = action
    ? `${who} may not do ${action}${what ? ` on ${what}` : ''}: ask for that permission.`
    : `AWS refuses this (${firstLine(message)}): ask for the permission.`;
  return { kind: 'permission', message: told };
}

function known(failure: Error, hints: Hints): Mistake | undefined {
  const code = 'code' in failure ? String(failure.code) : '';
  if (failure.message === 'Region is missing') {
    return { kind: 'credentials', message: complete('There is no AWS region: set AWS_REGION{region}{local}.', hints) };
  }
  const [kind, cure = ''] = cureOf(failure, code) ?? [];
  if (kind) return { kind, message: `${complete(cure, hints)} (${firstLine(failure.message) || code})` };
  return failure instanceof AggregateError && failure.errors[0] instanceof Error
    ? known(failure.errors[0], hints)
    : undefined;
}

function cureOf(failure: Error, code: string): Cure | undefined {
  if (failure.message.startsWith('Region not accepted')) return noRegion;
  return isThrottled(failure) ? throttled : (cures.get(failure.name) ?? cures.get(code));
}

function complete(text: string, hints: Hints): string {
  return text.replace(/\{(region|local|start)\}/g, (_, name: keyof Hints) => hints[name]);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
