import type { APIGatewayProxyEvent } from 'aws-lambda';
import { pagePolicy } from '../../deployment/page-policy';

/** All values of a header of a request. */
export function headersOf({ headers, multiValueHeaders }: APIGatewayProxyEvent, name: string): readonly string[] {
  const lists = Object.entries(multiValueHeaders ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
  if (lists) return lists;
  const one = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
  return one === undefined ? [] : [one];
}

/** What every answer has: nothing of the page comes from elsewhere, runs elsewhere, or is kept by anybody. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': pagePolicy,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Strict-Transport-Security': 'max-age=31536000',
};
