import type { APIGatewayProxyEvent } from 'aws-lambda';
import { publicUrl } from '../gateway/event';

/** Where a request arrived. */
export interface Address {
  /** The URL in front of `/portal` and of the tenants. */
  readonly base: string;
  /** Scheme, host and port, as a browser sends them in `Origin`. */
  readonly origin: string;
  /** The part of the path after `/portal/`, or nothing; the whole path if it cannot be one of the portal. */
  readonly below: string;
  /** Whether the path ends with a slash, from which the files of the page are not found. */
  readonly endsWithSlash: boolean;
}

/** Where a request arrived, by the deployment's public URL or as the browser asked for it. */
export function addressOf(event: APIGatewayProxyEvent): Address {
  const path = event.requestContext.path ?? event.path;
  // One segment at most is in front: otherwise a link could name a portal below the portal, whose Base URL is wrong.
  const found = /^((?:\/[^/]+)?)\/portal(?:\/((?:(?:api|assets)\/)?[^/]*))?$/.exec(path);
  const [, stage = '', below = ''] = found ?? ['', '', path];
  const base = publicUrl(event, stage);
  return { base, origin: new URL(base).origin, below, endsWithSlash: path.endsWith('/') };
}
