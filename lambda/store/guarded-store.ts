import type { Store } from '../directory/store';
import { DynamoStore } from './dynamo-store';
import type { Tables } from './tables';

/** The store of the request functions: before every write it checks whether the tenant may still write. */
export class GuardedStore extends DynamoStore {
  /** @param requireOpen rejects for a tenant that may not write */
  constructor(
    tables: Tables,
    private readonly requireOpen: (tenantId: string) => Promise<void>,
  ) {
    super(tables);
  }

  override async create(...args: Parameters<Store['create']>): ReturnType<Store['create']> {
    await this.requireOpen(args[0].tenantId);
    return super.create(...args);
  }

  override async update(...args: Parameters<Store['update']>): ReturnType<Store['update']> {
    await this.requireOpen(args[0].tenantId);
    return super.update(...args);
  }

  override async remove(...args: Parameters<Store['remove']>): ReturnType<Store['remove']> {
    await this.requireOpen(args[0].tenantId);
    return super.remove(...args);
  }

  override async changeMembers(...args: Parameters<Store['changeMembers']>): ReturnType<Store['changeMembers']> {
    await this.requireOpen(args[0]);
    return super.changeMembers(...args);
  }

  override async touch(...args: Parameters<Store['touch']>): ReturnType<Store['touch']> {
    await this.requireOpen(args[0].tenantId);
    return super.touch(...args);
  }

  override async lease(...args: Parameters<Store['lease']>): ReturnType<Store['lease']> {
    await this.requireOpen(args[0].tenantId);
    return super.lease(...args);
  }

  override async release(...args: Parameters<Store['release']>): ReturnType<Store['release']> {
    await this.requireOpen(args[0].tenantId);
    return super.release(...args);
  }
}
