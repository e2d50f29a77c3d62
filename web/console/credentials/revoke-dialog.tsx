import { useState } from 'preact/hooks';
import { announce } from '../../ui/announce';
import { ConfirmDialog } from '../../ui/dialog';
import { TextField } from '../../ui/form';
import { useAction } from '../../ui/use-call';
import { call } from '../api';
import type { DialogProps } from '../props';

interface Props extends DialogProps {
  readonly what: 'token' | 'client' | 'part';
}

const titles = { token: 'Revoke token?', client: 'Revoke client?', part: 'Revoke this part of the client?' } as const;

/** Revokes a credential after its id was typed. */
export function RevokeDialog({ tenant, about, part, what, onChanged, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const id = what === 'part' ? (part ?? '') : about;
  const revoking = useAction(async () => {
    const { notes } =
      what === 'token'
        ? await call('tokens.revoke', { tenant, id, confirm: typed })
        : await call('clients.revoke', { tenant, id: about, ...(part && { part }), confirm: typed });
    onClose();
    onChanged();
    announce(['Revoked.', ...notes].join(' '));
  });
  return (
    <ConfirmDialog
      title={titles[what]}
      confirm="Revoke"
      danger
      disabled={typed.trim() !== id}
      busy={revoking.running}
      error={revoking.error}
      onConfirm={revoking.run}
      onClose={onClose}
    >
      <p>
        Requests with it are refused within two minutes. If the identity provider still uses it, provisioning stops.
        This cannot be undone.
      </p>
      <TextField label={`Type ${id} to confirm`} value={typed} onValue={setTyped} />
    </ConfirmDialog>
  );
}
