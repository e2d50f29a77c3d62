import { randomUUID } from 'node:crypto';
import type { Endpoint, TenantAccess } from '../../local/endpoint';
import { userBody } from '../directory/requests';

/** A tenant, and its identity provider. */
export interface ScimTenant extends TenantAccess {
  /** Sends a request; returns the status. */
  send(method: string, path: string, body?: object): Promise<number>;
  /** Creates a user or group; returns its id. */
  create(endpoint: 'Users' | 'Groups', attributes: object): Promise<string>;
}

/** Creates a tenant, and returns what its identity provider does. */
export async function openTenant(endpoint: Endpoint, label: string): Promise<ScimTenant> {
  const access = await endpoint.createTenant({ label });
  const headers = { Authorization: `Bearer ${access.token}`, 'Content-Type': 'application/scim+json' };
  const ask = (method: string, path: string, body?: object) =>
    fetch(access.baseUrl + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return {
    ...access,
    send: async (method, path, body) => (await ask(method, path, body)).status,
    async create(kind, attributes) {
      const body = kind === 'Users' ? { ...userBody(randomUUID()), ...attributes } : attributes;
      const response = await ask('POST', `/${kind}`, body);
      const created = (await response.json()) as { readonly id: string };
      if (response.status !== 201) throw new Error(JSON.stringify(created));
      return created.id;
    },
  };
}
