import { useState } from 'preact/hooks';
import type { MadeToken } from '../../api/console/credentials';
import { Button } from '../../ui/button';
import { ConfirmDialog, Dialog } from '../../ui/dialog';
import { Checkbox, Select, TextField } from '../../ui/form';
import { Notes } from '../../ui/notice';
import { SecretOnce } from '../../ui/secret';
import { dateOf } from '../../ui/time';
import { useAction } from '../../ui/use-call';
import { call, useSession } from '../api';
import type { DialogProps } from '../props';

interface Made {
  readonly token: MadeToken;
  readonly notes: readonly string[];
}

const lives = [90, 180, 365] as const;

/** Creates a token and shows it once. */
export function TokenDialog({ tenant, baseUrl, onChanged, onClose }: DialogProps) {
  const { maxTokenDays } = useSession();
  const [label, setLabel] = useState('');
  const [days, setDays] = useState(String(Math.min(365, maxTokenDays)));
  const [readOnly, setReadOnly] = useState(false);
  const [made, setMade] = useState<Made>();
  const making = useAction(async () => {
    const named = label.trim();
    setMade(await call('tokens.create', { tenant, readOnly, days: Number(days), ...(named && { label: named }) }));
    onChanged();
  });
  if (made) return <MadeTokenDialog baseUrl={baseUrl} made={made} onClose={onClose} />;
  const choices = [...new Set([...lives.filter((life) => life < maxTokenDays), maxTokenDays])];
  return (
    <ConfirmDialog
      title="Create token"
      confirm="Create token"
      busy={making.running}
      error={making.error}
      onConfirm={making.run}
      onClose={onClose}
    >
      <TextField
        label="Label"
        hint="Where it is used, such as “Okta production”. Lists and activity show it."
        value={label}
        onValue={setLabel}
        maxLength={64}
      />
      <Select
        label="Ends after"
        choices={choices.map((life) => ({ value: String(life), label: `${life} days` }))}
        value={days}
        onValue={setDays}
      />
      <Checkbox label="It may only read" checked={readOnly} onChecked={setReadOnly} />
    </ConfirmDialog>
  );
}

const overlaps = [
  { value: '', label: 'Until I revoke it' },
  { value: '24', label: 'For a day' },
  { value: '168', label: 'For a week' },
] as const;

/** Makes the successor of a token; the old one goes on working meanwhile. */
export function RotateTokenDialog({ tenant, baseUrl, about, onChanged, onClose }: DialogProps) {
  const [hours, setHours] = useState<'' | '24' | '168'>('168');
  const [made, setMade] = useState<Made & { readonly oldExpires: string }>();
  const rotating = useAction(async () => {
    setMade(await call('tokens.rotate', { tenant, id: about, ...(hours && { overlapHours: Number(hours) }) }));
    onChanged();
  });
  if (made) {
    const old = `The old token works until ${dateOf(Date.parse(made.oldExpires))}. Replace it in the identity provider before.`;
    return <MadeTokenDialog baseUrl={baseUrl} made={made} warning={old} onClose={onClose} />;
  }
  return (
    <ConfirmDialog
      title="Rotate token"
      confirm="Create the successor"
      busy={rotating.running}
      error={rotating.error}
      onConfirm={rotating.run}
      onClose={onClose}
    >
      <p>
        The token gets a successor. Both work until the old one ends, so no request is refused while the identity
        provider changes to the new one.
      </p>
      <Select label="The old token works" choices={overlaps} value={hours} onValue={setHours} />
    </ConfirmDialog>
  );
}

interface MadeProps {
  readonly baseUrl: string;
  readonly made: Made;
  readonly warning?: string;
  readonly onClose: () => void;
}

function MadeTokenDialog({ baseUrl, made: { token, notes }, warning, onClose }: MadeProps) {
  return (
    <Dialog
      title="Automatic provisioning"
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <SecretOnce
        {...(warning !== undefined && { warning })}
        fields={[
          { name: 'SCIM endpoint', value: baseUrl },
          { name: 'Access token', value: token.token, hint: `It ends on ${dateOf(Date.parse(token.expires))}.` },
        ]}
      />
      <Notes notes={notes} />
    </Dialog>
  );
}
