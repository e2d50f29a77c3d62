import type { Trust } from '../../lambda/tenants/client';
import { OperatorError } from '../error';

/** What an operator says about a workload of another issuer. */
export type TrustOptions = Omit<Trust, 'created'>;

/**
 * The trust in a workload of another issuer.
 * @throws OperatorError if the issuer or the address of its keys is no https URL, or a value is empty
 */
export function newTrust({ issuer, subject, audience, jwksUrl }: TrustOptions, created: string): Trust {
  checkUrl('issuer', issuer);
  if (jwksUrl !== undefined) checkUrl('address of the keys', jwksUrl);
  checkValue('subject', subject);
  checkValue('audience', audience);
  return { created, issuer, subject, audience, ...(jwksUrl === undefined ? {} : { jwksUrl }) };
}

function checkValue(what: string, value: string): void {
  if (/^\S{1,500}$/.test(value)) return;
  throw new OperatorError(
    `The ${what} ${JSON.stringify(value)} is empty, longer than 500 characters, or has spaces: paste it as the issuer shows it.`,
  );
}

function checkUrl(what: string, text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRight = url?.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
  if (isRight && !/\s/.test(text)) return;
  throw new OperatorError(
    `The ${what} ${JSON.stringify(text)} is not an https URL without a query: paste it as the issuer shows it, such as https://login.microsoftonline.com/<tenant id>/v2.0.`,
  );
}
