import { type AwsError, awsError } from '../aws-error';

const model = 'com.amazonaws.dynamodb.v20120810#';

/** 400 for a table that does not exist; `table` if the operation's message names it. */
export const resourceNotFound = (table?: string): AwsError =>
  // dynalite looks for this name.
  Object.assign(
    awsError(
      `${model}ResourceNotFoundException`,
      `Requested resource not found${table === undefined ? '' : `: Table: ${table} not found`}`,
    ),
    { name: 'NotFoundError' },
  );

export const validationException = (message: string): AwsError =>
  awsError('com.amazon.coral.validate#ValidationException', message);

export const serializationException = (): AwsError =>
  awsError('com.amazon.coral.service#SerializationException', 'The request is not a JSON object.');

export const unknownOperation = (target: string): AwsError =>
  awsError('com.amazon.coral.service#UnknownOperationException', `The local engine has no operation ${target}.`);

export const parameterMismatch = (): AwsError =>
  awsError(
    `${model}IdempotentParameterMismatchException`,
    'The client request token was used within the last 10 minutes for a transaction with other parameters.',
  );

/** Why one item of a transaction failed; `None` for the others. */
export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

export function transactionCanceled(reasons: readonly CancellationReason[]): AwsError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return awsError(`${model}TransactionCanceledException`, message, { CancellationReasons: reasons });
}

/** Whether an error says that a condition failed. */
export const isConditionFailure = (error: AwsError): boolean =>
  error.body.__type === `${model}ConditionalCheckFailedException`;
