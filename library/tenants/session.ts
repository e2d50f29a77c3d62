import { hasIdForm } from '../../lambda/tenants/id';
import type { Tenant } from '../../lambda/tenants/tenant';
import { type Action, recordAction } from '../../operator/activity/record-action';
import type { Deployment } from '../../operator/connection/open';
import { OperatorError } from '../../operator/error';
import { typed, typedItems } from '../connection/typed';
import { type Grant, UnknownTenantError } from '../errors';

/** Runs the operations on a deployment, which is found with the first of them. */
export class Session {
  constructor(
    private readonly open: () => Promise<Deployment>,
    private readonly onUnrecorded: (message: string) => void,
  ) {}

  /** @throws the errors of the library instead of those from below it */
  run<Result>(work: (deployment: Deployment) => Promise<Result>, grant: Grant = 'grantManageTenants'): Promise<Result> {
    return typed(grant, async () => work(await this.open()));
  }

  /** Runs an operation on a tenant. @throws as `run`, and UnknownTenantError */
  of<Result>(tenantId: string, work: (deployment: Deployment, tenant: Tenant) => Promise<Result>): Promise<Result> {
    return this.run(async (deployment) => {
      const tenant = await this.find(deployment, tenantId);
      if (!tenant) throw new UnknownTenantError(tenantId);
      try {
        return await work(deployment, tenant);
      } catch (error) {
        // It was deleted in the meantime.
        const isGone = error instanceof OperatorError && error.remedy?.operation === 'list tenants';
        throw isGone ? new UnknownTenantError(tenantId, { cause: error }) : error;
      }
    });
  }

  /** As `of`, for an operation that changes something: what it did is recorded in the tenant's activity. */
  change<Result>(
    tenantId: string,
    work: (deployment: Deployment, tenant: Tenant) => Promise<readonly [Action, Result]>,
  ): Promise<Result> {
    return this.of(tenantId, async (deployment, tenant) => {
      const [action, result] = await work(deployment, tenant);
      await this.record(deployment, tenantId, action);
      return result;
    });
  }

  /** Records what was done. A failure is reported, not thrown: it was done. */
  async record(deployment: Deployment, tenantId: string, action: Action): Promise<void> {
    this.report(await recordAction(deployment, tenantId, action));
  }

  /** Reports what was done and could not be recorded. */
  report(messages: readonly string[]): void {
    for (const message of messages) this.onUnrecorded(message);
  }

  async find({ services }: Deployment, tenantId: string): Promise<Tenant | undefined> {
    return hasIdForm(tenantId) ? services.tenants.get(tenantId) : undefined;
  }

  /** Yields items of the deployment. @throws as `run` */
  iterate<Item>(items: (deployment: Deployment) => AsyncIterable<Item>, grant: Grant): AsyncIterable<Item> {
    const { open } = this;
    const opened = async function* () {
      yield* items(await open());
    };
    return { [Symbol.asyncIterator]: () => typedItems(grant, opened()) };
  }
}
