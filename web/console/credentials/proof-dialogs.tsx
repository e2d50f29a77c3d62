import { useState } from 'preact/hooks';
import { announce } from '../../ui/announce';
import { ConfirmDialog } from '../../ui/dialog';
import { useAction } from '../../ui/use-call';
import { call } from '../api';
import type { DialogProps } from '../props';
import { KeyField, noWorkload, WorkloadFields } from './proof-fields';

/** Adds a public key to a client. */
export function AddKeyDialog({ tenant, about, onChanged, onClose }: DialogProps) {
  const [key, setKey] = useState('');
  const adding = useAction(async () => {
    const { notes } = await call('clients.addKey', { tenant, id: about, key });
    onClose();
    onChanged();
    announce(['The key is added.', ...notes].join(' '));
  });
  return (
    <ConfirmDialog
      title="Add key"
      confirm="Add key"
      disabled={!key.trim()}
      busy={adding.running}
      error={adding.error}
      onConfirm={adding.run}
      onClose={onClose}
    >
      <KeyField value={key} onValue={setKey} />
    </ConfirmDialog>
  );
}

/** Adds a workload that may act as a client. */
export function AddWorkloadDialog({ tenant, about, onChanged, onClose }: DialogProps) {
  const [workload, setWorkload] = useState(noWorkload);
  const adding = useAction(async () => {
    const { notes } = await call('clients.addWorkload', { tenant, id: about, workload });
    onClose();
    onChanged();
    announce(['The workload is added.', ...notes].join(' '));
  });
  return (
    <ConfirmDialog
      title="Add workload"
      confirm="Add workload"
      disabled={!workload.issuer || !workload.subject}
      busy={adding.running}
      error={adding.error}
      onConfirm={adding.run}
      onClose={onClose}
    >
      <WorkloadFields value={workload} onValue={setWorkload} />
    </ConfirmDialog>
  );
}
