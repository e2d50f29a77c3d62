import type { ProfileName } from '../../lambda/scim/schema/profile';
import type { Deployment } from '../../operator/connection/open';
import { deleteTenant } from '../../operator/tenants/delete-tenant';
import { createTenant } from '../../operator/tenants/provision';
import type { TokenOptions } from '../../operator/tenants/tokens';
import { type Answer, sendHttp } from '../../traffic/send';

/** A tenant created for one test. */
export interface TestTenant {
  readonly tenantId: string;
  readonly token: string;
  readonly baseUrl: string;
}

/** Sends one request as a tenant's identity provider. @throws Error when there is no response */
export async function call(
  tenant: Pick<TestTenant, 'token' | 'baseUrl'>,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const headers = { Authorization: `Bearer ${tenant.token}`, 'Content-Type': 'application/scim+json' };
  const text = body ? { body: JSON.stringify(body) } : {};
  const answer = await sendHttp({ method, url: `${tenant.baseUrl}${path}`, headers, ...text });
  if ('noAnswer' in answer) throw new Error(answer.noAnswer, { cause: answer.cause });
  return answer;
}

/** Creates tenants in a deployment, sends requests to them, and deletes them all. */
export class Tenants {
  private readonly made: string[] = [];

  constructor(readonly deployment: Deployment) {}

  async create(profile: ProfileName = 'identity-center', options: TokenOptions = {}): Promise<TestTenant> {
    const label = `test-${Date.now().toString(36)}-${this.made.length}`;
    const { tenantId, token } = await createTenant(this.deployment.services, { label, profile, ...options });
    this.adopt(tenantId);
    return { tenantId, token, baseUrl: this.deployment.baseUrl(tenantId) };
  }

  /** Deletes a tenant that was made otherwise with the others. */
  adopt(tenantId: string): void {
    this.made.push(tenantId);
  }

  /** Deletes the tenants with their tokens' secrets, which no stack removes; the tables are deleted with the stack. */
  async deleteAll(): Promise<void> {
    for (const tenantId of this.made.splice(0)) {
      await deleteTenant(this.deployment.services, tenantId, () => Promise.resolve(), { wait: false });
    }
  }
}
