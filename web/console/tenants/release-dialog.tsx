import { useState } from 'preact/hooks';
import { announce } from '../../ui/announce';
import { ConfirmDialog } from '../../ui/dialog';
import { Select } from '../../ui/form';
import { changeQuery } from '../../ui/location';
import { useAction } from '../../ui/use-call';
import { call } from '../api';
import type { TenantProps } from '../props';

const spans = [
  { value: '1', label: '1 hour' },
  { value: '4', label: '4 hours' },
  { value: '24', label: '1 day' },
] as const;

/** The span that lets every request come again that an identity provider holds back in doubling pauses. */
const asLong = { value: '', label: 'The time held, plus 1 hour' } as const;

/** Releases a tenant for a time after the operator has read what that means. */
export function ReleaseDialog({ tenant, settings: { label, brake }, reload }: TenantProps) {
  const isHeld = brake.holds.length > 0;
  const [hours, setHours] = useState<'' | (typeof spans)[number]['value']>(isHeld ? '' : '1');
  const close = () => changeQuery({ dialog: undefined });
  const releasing = useAction(async () => {
    const { notes } = await call('settings.release', { tenant, ...(hours && { hours: Number(hours) }) });
    close();
    reload();
    announce(notes.join(' '));
  });
  return (
    <ConfirmDialog
      title={`Release ${label}?`}
      confirm="Release"
      busy={releasing.running}
      error={releasing.error}
      onConfirm={releasing.run}
      onClose={close}
    >
      {brake.holds.map(({ what, sentence }) => (
        <p key={what}>{sentence}</p>
      ))}
      <p>
        Until the time is over, users are disabled and deleted, however many. If a customer did not mean that, correct
        it in the identity provider first; then release.
      </p>
      <Select
        label="Nothing is held for"
        choices={isHeld ? [asLong, ...spans] : spans}
        value={hours}
        onValue={setHours}
        hint="Okta sends the requests again within hours; Entra needs a day if it has put its job into quarantine."
      />
    </ConfirmDialog>
  );
}
