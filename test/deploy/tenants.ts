import type { ProfileName } from '../../lambda/scim/schema/profile';
import type { Deployment } from '../../operator/connection/open';
import { deleteTenant } from '../../operator/tenants/delete-tenant';
import { createTenant } from '../../operator/tenants/provision';
import type { TokenOptions } from '../../operator/tenants/tokens';
import { type Answer, type Send, sendHttp } from '../../traffic/send';
import type { Place } from './place';

/** A tenant made for one test. */
export interface TestTenant {
  readonly tenantId: string;
  readonly token: string;
  readonly baseUrl: string;
}

/** Makes tenants in a deployment, says how to reach them, and deletes them all. */
export class Tenants {
  private readonly made: string[] = [];

  constructor(
    private readonly place: Place,
    readonly deployment: Deployment,
  ) {}

  async create(profile: ProfileName = 'identity-center', options: TokenOptions = {}): Promise<TestTenant> {
    const label = `test-${Date.now().toString(36)}-${this.made.length}`;
    const { tenantId, token } = await createTenant(this.deployment.services, { label, profile, ...options });
    this.adopt(tenantId);
    return { tenantId, token, baseUrl: this.baseUrl(tenantId) };
  }

  /** Deletes a tenant that was made otherwise with the others. */
  adopt(tenantId: string): void {
    this.made.push(tenantId);
  }

  /** A tenant's Base URL, with the host by which the place knows the API. */
  baseUrl(tenantId: string): string {
    const url = this.deployment.baseUrl(tenantId);
    const { apiDomain } = this.place;
    return apiDomain ? url.replace(/execute-api\.[^/]+/, apiDomain) : url;
  }

  /** Sends to the deployed API; an emulator has no name and no TLS of its own, so it is told the host by header. */
  readonly send: Send = (outgoing) => {
    const { endpoint } = this.place;
    if (!endpoint) return sendHttp(outgoing);
    const [, host = '', path = ''] = /^https:\/\/([^/]+)(.*)$/s.exec(outgoing.url) ?? [];
    return sendHttp({ ...outgoing, url: `${endpoint}${path}`, headers: { ...outgoing.headers, Host: host } });
  };

  /** Sends one request as a tenant's identity provider. @throws Error when there is no answer */
  async call(tenant: TestTenant, method: string, path: string, body?: object): Promise<Answer> {
    const headers = { Authorization: `Bearer ${tenant.token}`, 'Content-Type': 'application/scim+json' };
    const text = body ? { body: JSON.stringify(body) } : {};
    const answer = await this.send({ method, url: `${tenant.baseUrl}${path}`, headers, ...text });
    if ('noAnswer' in answer) throw new Error(answer.noAnswer, { cause: answer.cause });
    return answer;
  }

  /** Deletes the tenants with their tokens' secrets, which no stack removes; the tables go with the stack. */
  async deleteAll(): Promise<void> {
    for (const tenantId of this.made.splice(0)) {
      await deleteTenant(this.deployment.services, tenantId, () => Promise.resolve(), { wait: false });
    }
  }
}
