import { useState } from 'preact/hooks';
import type { ConsoleApi } from '../../api/console';
import { Button } from '../../ui/button';
import { ErrorNotice } from '../../ui/notice';
import { count } from '../../ui/number';
import { useAction } from '../../ui/use-call';
import { call } from '../api';

/** Counts the enabled and disabled users on demand: every one of them is read. */
export function CountUsers({ tenant }: { readonly tenant: string }) {
  const [counted, setCounted] = useState<ConsoleApi['tenant.countUsers']['out']>();
  const counting = useAction(async () => setCounted(await call('tenant.countUsers', { tenant })));
  return (
    <div class="count-users">
      {counting.error && <ErrorNotice error={counting.error} />}
      {counted ? (
        <p class="hint" role="status">
          {count(counted.enabled)} enabled, {count(counted.disabled)} disabled
        </p>
      ) : (
        <Button kind="quiet" busy={counting.running} onClick={counting.run}>
          Count the enabled and disabled
        </Button>
      )}
    </div>
  );
}
