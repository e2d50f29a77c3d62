import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Place } from './policies';

/** The identity behind the credentials, and the account and region. */
export interface Identity extends Place {
  /** ARN of the user, or of the session of a role. */
  readonly arn: string;
}

/** Asks AWS whose credentials these are. @throws the client's error if there are none, or they are refused */
export async function findIdentity(region?: string, abortSignal?: AbortSignal): Promise<Identity> {
  const client = new STSClient(region ? { region } : {});
  try {
    const { Account: account = '', Arn: arn = '' } = await client.send(
      new GetCallerIdentityCommand(),
      abortSignal ? { abortSignal } : {},
    );
    return { arn, account, partition: arn.split(':')[1] ?? 'aws', region: await client.config.region() };
  } finally {
    client.destroy();
  }
}
