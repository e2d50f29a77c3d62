import { entraHosts } from '../deployment/federation';

/** Options for OAuth clients. */
export interface ClientsProps {
  /**
   * The hosts from which the public keys of issuers are fetched, for clients that authenticate by federation. They replace
   * the default: name Microsoft's hosts, too, if you still need them.
   *
   * @default - Microsoft's login hosts, with those of its national clouds
   */
  readonly federationHosts?: readonly string[];

  /**
   * The URL of your documentation for administrators. `/ServiceProviderConfig` and the metadata of the authorization server
   * name it.
   *
   * @default - none
   */
  readonly documentationUrl?: string;
}

const hostPattern = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Returns the hosts from which keys may be fetched. @throws Error if one is not the name of a host */
export function readFederationHosts({ federationHosts: hosts = entraHosts }: ClientsProps): readonly string[] {
  const wrong = hosts.find((host) => !hostPattern.test(host));
  if (wrong === undefined && hosts.length > 0) return hosts;
  throw new Error(
    wrong === undefined
      ? 'federationHosts is empty: leave it out, or name at least one host, such as login.microsoftonline.com.'
      : `federationHosts has "${wrong}": write host names in lower case, without scheme, port or path, and no addresses.`,
  );
}

/** Returns the URL of the documentation. @throws Error if it is not an https URL */
export function readDocumentationUrl({ documentationUrl: url }: ClientsProps): string | undefined {
  if (url === undefined || /^https:\/\/[^\s]+$/.test(url)) return url;
  throw new Error(`documentationUrl "${url}" is not an https URL: write it as in https://example.com/scim.`);
}
