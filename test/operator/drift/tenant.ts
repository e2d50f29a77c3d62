import type { Tenant } from '../../../lambda/tenants/tenant';
import type { TenantAccess } from '../../../local/endpoint';
import { type Deployment, openDeployment } from '../../../operator/connection/open';
import { compareTenant, type DriftOptions } from '../../../operator/drift/drift';
import { type ExportedFile, openMembers, openUsers } from '../../../operator/drift/file-source';
import type { DriftSummary, Finding } from '../../../operator/drift/finding';
import type { ColumnChoice } from '../../../operator/drift/format';
import type { Source } from '../../../operator/drift/source';
import { findTenant } from '../../../operator/tenants/provision';
import { type LocalEndpoint, startLocal } from '../../cli/local-endpoint';

/** A deployment on the local engine, with a function that compares one of its tenants. */
export interface DriftStage {
  readonly endpoint: LocalEndpoint;
  readonly deployment: Deployment;
  compare(tenant: Tenant | string, sources: readonly Source[], options?: Partial<DriftOptions>): Promise<Compared>;
  close(): Promise<void>;
}

export interface Compared {
  readonly summary: DriftSummary;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

export async function startStage(): Promise<DriftStage> {
  const endpoint = await startLocal();
  const deployment = await openDeployment({ stack: '', local: endpoint.data });
  return {
    endpoint,
    deployment,
    async compare(tenant, sources, options = {}) {
      const found = typeof tenant === 'string' ? await findTenant(deployment.services, tenant) : tenant;
      const notes: string[] = [];
      const all = { match: 'userName' as const, ignore: [], onNote: (note: string) => notes.push(note), ...options };
      const drift = await compareTenant(deployment, found, sources, all);
      const findings: Finding[] = [];
      for await (const finding of drift.findings()) findings.push(finding);
      await drift.close();
      return { summary: drift.summary, findings, notes };
    },
    async close() {
      deployment.close();
      await endpoint.close();
    },
  };
}

/** Sends a POST, which must succeed. Returns the id. */
export async function create({ baseUrl, token }: TenantAccess, type: string, body: object): Promise<string> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const response = await fetch(`${baseUrl}/${type}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { id } = (await response.json()) as { readonly id?: string };
  if (!id) throw new Error(`${type}: ${response.status}`);
  return id;
}

const noChoice: ColumnChoice = { columns: new Map(), activeIf: [] };

/** A file with this content, in parts of some bytes. */
export function fileOf(content: string | Buffer, more: Partial<ExportedFile> = {}, part = 1 << 16): ExportedFile {
  const bytes = Buffer.from(content as string);
  async function* parts() {
    for (let at = 0; at < bytes.length; at += part) yield bytes.subarray(at, at + part);
  }
  return { name: 'users.csv', open: async () => parts(), ...more };
}

export const users = (content: string | Buffer, choice = noChoice) => openUsers(fileOf(content), choice);

export const members = (content: string | Buffer, group?: string, choice = noChoice) =>
  openMembers(fileOf(content, { name: 'members.csv' }), choice, group);
