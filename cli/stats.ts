import type { Command } from 'commander';
import { groupType, userType } from '../lambda/directory/resource-types';
import { isExpired, type Tenant } from '../lambda/tenants/tenant';
import { findTenant } from '../operator/tenants/provision';
import { type Answer, table } from './answer';
import { onDeployment, type Session, type Shell } from './command';
import { shortTime } from './time';

/** `stats`. */
export function statsCommand(program: Command, shell: Shell): void {
  const stats = program
    .command('stats [tenant]')
    .description('how much each tenant, or one, holds, and when it was last used');
  onDeployment(shell, stats, count);
}

async function count({ deployment }: Session, _options: unknown, name?: string): Promise<Answer> {
  const { store, services } = deployment;
  const rows = [];
  for await (const tenant of name === undefined ? services.tenants.list() : [await findTenant(services, name)]) {
    const { tenantId, label, state } = tenant;
    const [users, groups] = await Promise.all(
      [userType, groupType].map(({ name: type }) => store.count({ tenantId, type })),
    );
    rows.push({ tenantId, label, state, users, groups, ...tokenStats(tenant, services.clock()) });
  }
  return {
    data: rows,
    text: table(
      ['TENANT', 'LABEL', 'STATE', 'USERS', 'GROUPS', 'TOKENS', 'LAST USE'],
      rows.map(({ tenantId, label, state, users, groups, tokens, lastUse }) => {
        return [tenantId, label, state, String(users), String(groups), String(tokens), shortTime(lastUse)];
      }),
    ),
  };
}

function tokenStats({ tokens }: Tenant, now: Date): { readonly tokens: number; readonly lastUse?: string } {
  const live = [...tokens.values()].filter((token) => !isExpired(token, now));
  const lastUse = [...tokens.values()]
    .flatMap((token) => token.lastUse ?? [])
    .sort()
    .at(-1);
  return { tokens: live.length, ...(lastUse === undefined ? {} : { lastUse }) };
}
