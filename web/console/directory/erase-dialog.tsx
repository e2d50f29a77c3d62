import { useState } from 'preact/hooks';
import type { ResourceType } from '../../api/console/call';
import { announce } from '../../ui/announce';
import { ConfirmDialog } from '../../ui/dialog';
import { TextField } from '../../ui/form';
import { Show } from '../../ui/loaded';
import { changeQuery, navigate } from '../../ui/location';
import { useAction } from '../../ui/use-call';
import { call, useConsole } from '../api';
import { tenantPlace } from '../places';

interface Props {
  readonly tenant: string;
  readonly type: ResourceType;
  readonly id: string;
}

/** Erases a user or group after its word was typed: it, its deletions, and its name in activity. */
export function EraseDialog({ tenant, type, id }: Props) {
  const [typed, setTyped] = useState('');
  const loaded = useConsole('resources.erasable', { tenant, type, wanted: id });
  const erasing = useAction(async () => {
    const { notes } = await call('resources.erase', { tenant, type, wanted: id, confirm: typed });
    navigate(tenantPlace(tenant, [type === 'User' ? 'users' : 'groups']));
    announce(['Erased.', ...notes].join(' '));
  });
  return (
    <ConfirmDialog
      title={`Erase this ${type.toLowerCase()}?`}
      confirm="Erase"
      danger
      disabled={typed !== loaded.value?.word}
      busy={erasing.running}
      error={erasing.error}
      onConfirm={erasing.run}
      onClose={() => changeQuery({ dialog: undefined })}
    >
      <Show loaded={loaded} lines={2}>
        {({ sentence }) => <p>{sentence} If the identity provider still has it, it will send it again.</p>}
      </Show>
      <TextField label={`Type ${loaded.value?.word ?? 'its name'} to confirm`} value={typed} onValue={setTyped} />
    </ConfirmDialog>
  );
}
