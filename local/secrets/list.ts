import { awsError, isAwsError } from '../aws-error';
import { description, getSecretValue } from './operations';
import { type Input, invalidParameter, type Secret, type Secrets } from './secret';

/** ListSecrets: by name, a page at a time. @throws AwsError ValidationException, InvalidNextTokenException. */
export async function listSecrets(secrets: Secrets, input: Input): Promise<Record<string, unknown>> {
  const { page, next } = await readPage(secrets, input, 100);
  const SecretList = page.map((secret) => {
    const { VersionIdsToStages, ...rest } = description(secret);
    return { ...rest, SecretVersionsToStages: VersionIdsToStages };
  });
  return { SecretList, ...next };
}

/** BatchGetSecretValue: of a list, or of what a filter finds. What cannot be read is among `Errors`. */
export async function batchGetSecretValue(secrets: Secrets, input: Input): Promise<Record<string, unknown>> {
  const { ids, next } = await chooseIds(secrets, input);
  const readings = await Promise.all(ids.map((id) => read(secrets, id)));
  return {
    SecretValues: readings.flatMap((reading) => ('value' in reading ? [reading.value] : [])),
    Errors: readings.flatMap((reading) => ('error' in reading ? [reading.error] : [])),
    ...next,
  };
}

interface Next {
  readonly NextToken?: string;
}

async function chooseIds(secrets: Secrets, input: Input): Promise<{ ids: readonly string[]; next: Next }> {
  const { SecretIdList, Filters } = input;
  if ((SecretIdList === undefined) === (Filters === undefined)) {
    throw invalidParameter('Either SecretIdList or Filters must be provided, but not both.');
  }
  if (SecretIdList === undefined) {
    const { page, next } = await readPage(secrets, input, 20);
    return { ids: page.map(({ ARN }) => ARN), next };
  }
  if (!Array.isArray(SecretIdList) || SecretIdList.length < 1 || SecretIdList.length > 20) {
    throw invalidParameter('SecretIdList takes 1 to 20 secrets.');
  }
  return { ids: SecretIdList.map(String), next: {} };
}

async function read(secrets: Secrets, SecretId: string): Promise<{ value: unknown } | { error: unknown }> {
  try {
    return { value: await getSecretValue(secrets, { SecretId }) };
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return { error: { SecretId, ErrorCode: error.body.__type, Message: error.message } };
  }
}

async function readPage(secrets: Secrets, input: Input, largest: number): Promise<{ page: Secret[]; next: Next }> {
  const size = Math.min(typeof input.MaxResults === 'number' ? input.MaxResults : largest, largest);
  const fits = parseFilters(input.Filters);
  const page: Secret[] = [];
  for await (const secret of secrets.after(parseToken(input.NextToken))) {
    if (!fits(secret) || (secret.deletion !== undefined && input.IncludePlannedDeletion !== true)) continue;
    if (page.length === size) return { page, next: { NextToken: makeToken(page.at(-1)?.Name ?? '') } };
    page.push(secret);
  }
  return { page, next: {} };
}

/** Filters are and-ed, the values of one are or-ed. A name fits a value that it begins with; `!` turns that round. */
function parseFilters(filters: unknown): (secret: Secret) => boolean {
  const parsed = ((filters ?? []) as { Key?: string; Values?: string[] }[]).map(({ Key, Values = [] }) => {
    if (Key !== 'name')
      throw awsError('ValidationException', `The local endpoint filters by name only, not by ${Key}.`);
    return Values;
  });
  const begins = (name: string, value: string) =>
    value.startsWith('!') ? !name.startsWith(value.slice(1)) : name.startsWith(value);
  return ({ Name }) => parsed.every((values) => values.some((value) => begins(Name, value)));
}

const makeToken = (name: string) => Buffer.from(name).toString('base64url');

function parseToken(token: unknown): string {
  if (token === undefined) return '';
  const name = Buffer.from(String(token), 'base64url').toString();
  if (makeToken(name) !== token) throw awsError('InvalidNextTokenException', 'The NextToken value is invalid.');
  return name;
}
