import { useState } from 'preact/hooks';
import type { Settings } from '../../api/console/settings';
import { announce } from '../../ui/announce';
import { ConfirmDialog } from '../../ui/dialog';
import { TextField } from '../../ui/form';
import { changeQuery, navigate } from '../../ui/location';
import { hrefTo } from '../../ui/router';
import { useAction } from '../../ui/use-call';
import { call } from '../api';

/** Deletes a tenant after its label was typed. */
export function DeleteTenantDialog({
  tenant,
  settings: { label },
}: {
  readonly tenant: string;
  readonly settings: Settings;
}) {
  const [typed, setTyped] = useState('');
  const deleting = useAction(async () => {
    const { notes } = await call('settings.deleteTenant', { tenant, confirm: typed });
    navigate(hrefTo([]));
    announce([`${label} is deleted.`, ...notes].join(' '));
  });
  return (
    <ConfirmDialog
      title={`Delete ${label}?`}
      confirm="Delete tenant"
      danger
      disabled={typed !== label}
      busy={deleting.running}
      error={deleting.error}
      onConfirm={deleting.run}
      onClose={() => changeQuery({ dialog: undefined })}
    >
      <p>
        Its credentials, users and groups are deleted; the identity provider gets 401. This cannot be undone. It takes
        half a minute or more, because it waits for requests that are under way.
      </p>
      <TextField label={`Type ${label} to confirm`} value={typed} onValue={setTyped} />
    </ConfirmDialog>
  );
}
