import type { Trust } from '../../lambda/tenants/client';
import { OperatorError } from '../error';

/** What an operator says about a workload of another issuer. */
export type TrustOptions = Omit<Trust, 'created'>;

/**
 * The trusts in a workload of another issuer: one, or two where Entra shows an audience that its tokens name in another
 * form.
 * @throws OperatorError if the issuer or the address of its keys is no https URL, or a value is empty
 */
export function newTrusts({ audience, ...workload }: TrustOptions, created: string): readonly Trust[] {
  const { issuer, subject, jwksUrl } = workload;
  checkUrl('issuer', issuer);
  if (jwksUrl !== undefined) checkUrl('address of the keys', jwksUrl);
  checkValue('subject', subject);
  checkValue('audience', audience);
  return audiencesOf(audience).map((one) => ({
    created,
    issuer,
    subject,
    audience: one,
    ...(jwksUrl === undefined ? {} : { jwksUrl }),
  }));
}

/**
 * Entra shows `api://<application id>/.default`, a scope. Its tokens name `api://<application id>` (version 1.0) or the id
 * alone (version 2.0).
 */
function audiencesOf(audience: string): readonly string[] {
  const [, uri, id] = /^(api:\/\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))(?:\/\.default)?$/i.exec(audience) ?? [];
  return uri !== undefined && id !== undefined ? [uri, id] : [audience];
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
