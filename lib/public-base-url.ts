import { Lazy, Token } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';

/** Options for an endpoint behind something else. */
export interface PublicBaseUrlProps {
  /**
   * The URL in front of `/{tenantId}/scim/v2` by which clients reach the endpoint, if it is neither API Gateway's nor
   * `domainName`: that of a CDN, a proxy or an emulator. Responses name it in `Location`, `meta.location` and `$ref`.
   * `{apiId}` in it stands for the id of the REST API.
   *
   * @default - the URL of the request
   */
  readonly publicBaseUrl?: string;
}

const pattern = /^https?:\/\/[^\s?#]*[^\s?#/]$/;

/**
 * Returns the public base URL with the API's id, if there is one.
 * @param restApi called when the app is synthesized, because the functions that get the URL exist before the API
 * @throws Error if it is not a URL, ends with a slash, or has a query or fragment
 */
export function publicBaseUrl({ publicBaseUrl: url }: PublicBaseUrlProps, restApi: () => RestApi): string | undefined {
  if (url === undefined) return undefined;
  if (!Token.isUnresolved(url) && !pattern.test(url)) {
    throw new Error(
      `publicBaseUrl "${url}" is not a URL in front of a tenant's path: write it with scheme, and without slash at the ` +
        'end, query or fragment, for example https://scim.example.com/directory.',
    );
  }
  return url.replaceAll('{apiId}', () => Lazy.string({ produce: () => restApi().restApiId }));
}
