import { type LocalScim, type StartLocalOptions, startLocal } from 'serverless-scim/testing';

/** Starts an endpoint in memory. Functions that are loaded after that find it by the environment, as they do in AWS. */
export async function startScim(options?: StartLocalOptions): Promise<LocalScim> {
  const scim = await startLocal(options);
  Object.assign(process.env, scim.environment);
  return scim;
}

/** Creates a user or group, as the identity provider does. Returns its id. */
export async function create({ baseUrl, token }: LocalScim, type: 'Users' | 'Groups', body: object): Promise<string> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const response = await fetch(`${baseUrl}/${type}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { id } = (await response.json()) as { readonly id: string };
  return id;
}
