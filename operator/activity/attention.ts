import type { Remedy as Advice } from '../../lambda/activity/remedy';
import type { Remedy } from '../error';
import { localTime } from '../local-time';
import { describeHolds } from '../tenants/brake';
import type { EndingCredential, TenantHealth } from './health';

/** Something that a person should look at. */
export interface Attention {
  /** What is wrong. Times are those where the program runs. */
  readonly message: string;
  /** What fixes it, if an operation of ours does. */
  readonly remedy?: Remedy;
  /** What to do otherwise, and where the documentation says more. */
  readonly advice?: Partial<Advice>;
}

const names = { token: 'Token', client: 'The secret of client' };

/** What of a tenant's health needs attention: what stops all requests first. */
export function whatNeedsAttention(health: Omit<TenantHealth, 'users' | 'groups'>): readonly Attention[] {
  const { label: tenant, state, now, repeated, ending } = health;
  return [
    ...(state === 'disabled'
      ? [{ message: 'The tenant is disabled.', remedy: { operation: 'enable tenant', values: { tenant } } } as const]
      : []),
    ...(now.paused
      ? [
          {
            message: `The tenant is paused since ${localTime(now.paused)}.`,
            remedy: { operation: 'resume tenant', values: { tenant } },
          } as const,
        ]
      : []),
    ...(now.holds
      ? [
          {
            message: `The brake ${describeHolds(now.holds, localTime)}.`,
            advice: {
              do: 'Find out whether it is meant, then release or correct it.',
              docs: 'docs/brake.md#before-you-release',
            },
          },
        ]
      : []),
    ...repeated.map(({ name, count, sentence, remedy }) => ({
      message: `${name}: ${count} times ${sentence}.`,
      ...(remedy && { advice: remedy }),
    })),
    ...ending.map((credential) => describeEnding(tenant, credential)),
  ];
}

function describeEnding(tenant: string, { kind, credential, label, expires, expired }: EndingCredential): Attention {
  const which = `${names[kind]} ${credential}${label ? ` (${label})` : ''}`;
  return {
    message: `${which} ${expired ? 'expired' : 'expires'} on ${localTime(expires)}.`,
    remedy: { operation: `renew ${kind}`, values: { tenant, credential } },
  };
}
