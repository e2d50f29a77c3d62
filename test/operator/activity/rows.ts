import type { ActivityRow } from '../../../lambda/activity/row';
import { expiryAfter } from '../../../lambda/store/activity';

/** A row for tests, so many seconds after a fixed time of yesterday. */
export function rowAt(tenantId: string, second: number, more: Partial<ActivityRow> = {}): ActivityRow {
  const time = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 - 86_400_000 + second * 1000).toISOString();
  return {
    tenantId,
    rowId: `row${String(second).padStart(6, '0')}`,
    time,
    kind: 'change',
    template: 'changed',
    request: `request${second}`,
    actor: { credential: '0123456789ab', label: 'okta' },
    resource: { type: 'User', id: '2819c223-7f76-453a-919d-413861904646' },
    changed: ['displayName'],
    personal: { name: 'anna@example.com' },
    expires: expiryAfter(time, 90),
    ...more,
  };
}
