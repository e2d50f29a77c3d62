import { useState } from 'preact/hooks';
import type { MadeCredential } from '../../api/portal';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { RadioCards, TextField } from '../../ui/form';
import { ErrorNotice } from '../../ui/notice';
import { useAction } from '../../ui/use-call';
import { usePortal } from '../context';
import { Made } from './made';

const kinds = [
  {
    value: 'token',
    label: 'Token',
    description: 'For Okta, OneLogin, JumpCloud, and wherever there is one field for a token.',
  },
  {
    value: 'client',
    label: 'Client of OAuth 2.0',
    description: 'For Entra ID, PingOne, and wherever there are fields for a client identifier and a client secret.',
  },
] as const;

/** Makes a credential beside those of the steps, and shows its secret once. */
export function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const { call, keep } = usePortal();
  const [kind, setKind] = useState<MadeCredential['kind']>('token');
  const [label, setLabel] = useState('');
  const [made, setMade] = useState<MadeCredential>();
  const making = useAction(async () => {
    const credential = await call('credentials.create', { kind, ...(label.trim() && { label: label.trim() }) });
    setMade(credential);
    await keep(credential);
  });
  if (made) {
    return (
      <Dialog title="Credential made" onClose={onClose} footer={<Button onClick={onClose}>I have copied it</Button>}>
        <Made made={made} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title="Make a credential"
      onClose={onClose}
      onSubmit={() => !making.running && making.run()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={making.running}>
            Make it
          </Button>
        </>
      }
    >
      <RadioCards legend="Kind" choices={kinds} value={kind} onValue={setKind} />
      <TextField
        label="Name"
        hint="Such as the application that will use it. You can leave it empty."
        value={label}
        onValue={setLabel}
        maxLength={64}
      />
      {making.error && <ErrorNotice error={making.error} />}
    </Dialog>
  );
}
