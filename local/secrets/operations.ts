import { awsError } from '../aws-error';
import {
  describedBy,
  hasValue,
  type Input,
  invalidParameter,
  invalidRequest,
  isSame,
  newSecret,
  type Secret,
  type Secrets,
  secretNotFound,
  withValue,
} from './secret';

type Output = Record<string, unknown>;

const day = 24 * 3600;

/** CreateSecret. @throws AwsError ResourceExistsException, InvalidRequestException, ValidationException… */
export async function createSecret(secrets: Secrets, input: Input): Promise<Output> {
  const created = newSecret(input.Name, secrets.now());
  const present = await secrets.find(created.Name);
  if (present) return repeated(present, input);
  const described = { ...created, ...describedBy(input) };
  if (!hasValue(input)) {
    await secrets.save(described);
    return nameOf(described);
  }
  const { secret, versionId } = withValue(described, input, secrets.now());
  await secrets.save(secret);
  return { ...nameOf(secret), VersionId: versionId };
}

/** What CreateSecret answers when there is such a secret: the same as before if it is the same request again. */
function repeated(present: Secret, input: Input): Output {
  if (present.deletion !== undefined) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const token = input.ClientRequestToken;
  const version = typeof token === 'string' ? new Map(Object.entries(present.versions)).get(token) : undefined;
  if (!version || !isSame(version, input)) {
    throw awsError(
      'ResourceExistsException',
      `The operation failed because the secret ${present.Name} already exists.`,
    );
  }
  return { ...nameOf(present), VersionId: token };
}

/** GetSecretValue. @throws AwsError ResourceNotFoundException; InvalidRequestException when marked for deletion. */
export async function getSecretValue(secrets: Secrets, input: Input): Promise<Output> {
  const secret = await findLiving(secrets, input.SecretId);
  const { VersionId, VersionStage = VersionId === undefined ? 'AWSCURRENT' : undefined } = input;
  const found = Object.entries(secret.versions).find(
    ([id, { stages }]) =>
      (VersionId === undefined || id === VersionId) &&
      (VersionStage === undefined || stages.includes(String(VersionStage))),
  );
  if (!found) {
    const wanted = VersionId === undefined ? `staging label: ${VersionStage}` : `VersionId: ${VersionId}`;
    throw awsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${wanted}`);
  }
  const [versionId, { created, stages, ...value }] = found;
  return { ...nameOf(secret), VersionId: versionId, VersionStages: stages, CreatedDate: created, ...value };
}

/** PutSecretValue. @throws AwsError as `getSecretValue`; InvalidParameterException without a value. */
export async function putSecretValue(secrets: Secrets, input: Input): Promise<Output> {
  const present = await findLiving(secrets, input.SecretId);
  if (!hasValue(input)) throw invalidParameter('You must provide either SecretString or SecretBinary.');
  const { secret, versionId } = withValue(present, input, secrets.now());
  await secrets.save(secret);
  const stages = new Map(Object.entries(secret.versions)).get(versionId)?.stages;
  return { ...nameOf(secret), VersionId: versionId, VersionStages: stages };
}

/** UpdateSecret: description, value or both. @throws AwsError as `putSecretValue`. */
export async function updateSecret(secrets: Secrets, input: Input): Promise<Output> {
  const present = await findLiving(secrets, input.SecretId);
  const described: Secret = { ...present, ...describedBy({ Description: input.Description }), changed: secrets.now() };
  if (!hasValue(input)) {
    await secrets.save(described);
    return nameOf(described);
  }
  const { secret, versionId } = withValue(described, input, secrets.now());
  await secrets.save(secret);
  return { ...nameOf(secret), VersionId: versionId };
}

/** DescribeSecret, also of a secret marked for deletion. @throws AwsError ResourceNotFoundException. */
export async function describeSecret(secrets: Secrets, input: Input): Promise<Output> {
  return description(await find(secrets, input.SecretId));
}

/**
 * DeleteSecret: at once, or marked for it. Deleting at once what is not there succeeds, as AWS documents.
 * @throws AwsError ResourceNotFoundException, InvalidRequestException, InvalidParameterException.
 */
export async function deleteSecret(secrets: Secrets, input: Input): Promise<Output> {
  const { RecoveryWindowInDays: days = 30, ForceDeleteWithoutRecovery: force } = input;
  if (force === true && input.RecoveryWindowInDays !== undefined) {
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  }
  if (typeof days !== 'number' || days < 7 || days > 30) {
    throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
  }
  if (force !== true) return markForDeletion(secrets, input.SecretId, days);
  const secret = await secrets.find(String(input.SecretId));
  if (secret) await secrets.remove(secret);
  return { ...(secret ? nameOf(secret) : { Name: input.SecretId }), DeletionDate: secrets.now() };
}

async function markForDeletion(secrets: Secrets, id: unknown, days: number): Promise<Output> {
  const secret = await findLiving(secrets, id);
  const deletion = secrets.now() + days * day;
  await secrets.save({ ...secret, deletion });
  return { ...nameOf(secret), DeletionDate: deletion };
}

/** RestoreSecret: no longer marked for deletion. @throws AwsError ResourceNotFoundException. */
export async function restoreSecret(secrets: Secrets, input: Input): Promise<Output> {
  const { deletion: _, ...secret } = await find(secrets, input.SecretId);
  await secrets.save(secret);
  return nameOf(secret);
}

/** What describes a secret besides its value. */
export function description(secret: Secret): Output {
  const { ARN, Name, created, changed, deletion, versions, ...described } = secret;
  const stages = Object.entries(versions).map(([id, version]) => [id, version.stages]);
  return {
    ARN,
    Name,
    ...described,
    CreatedDate: created,
    LastChangedDate: changed,
    ...(deletion === undefined ? {} : { DeletedDate: deletion }),
    VersionIdsToStages: Object.fromEntries(stages),
  };
}

const nameOf = ({ ARN, Name }: Secret) => ({ ARN, Name });

async function find(secrets: Secrets, id: unknown): Promise<Secret> {
  const secret = typeof id === 'string' ? await secrets.find(id) : undefined;
  if (!secret) throw secretNotFound();
  return secret;
}

async function findLiving(secrets: Secrets, id: unknown): Promise<Secret> {
  const secret = await find(secrets, id);
  if (secret.deletion === undefined) return secret;
  throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}
