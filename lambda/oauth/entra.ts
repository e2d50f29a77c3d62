import { entraHosts } from '../../deployment/federation';

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const issuerPattern = new RegExp(`^https://(${entraHosts.join('|').replaceAll('.', '\\.')})/(?<tenant>${guid})(?:/|$)`);

/** The tenant of an issuer of Entra, which its assertions repeat as `tid`; undefined for any other issuer. */
export function entraTenant(issuer: string): string | undefined {
  return issuerPattern.exec(issuer)?.groups?.tenant;
}

const applicationPattern = new RegExp(`^(?:api://)?(?<application>${guid})(?:/\\.default)?$`);

/**
 * The audiences that mean the same application of Entra: its admin centre shows `api://<id>/.default`, and the assertion
 * has `api://<id>` or the bare id. For anything else only itself.
 */
export function entraAudiences(audience: string): readonly string[] {
  const application = applicationPattern.exec(audience)?.groups?.application;
  if (application === undefined) return [audience];
  return [application, `api://${application}`, `api://${application}/.default`];
}
