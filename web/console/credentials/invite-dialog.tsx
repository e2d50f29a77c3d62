import { useState } from 'preact/hooks';
import type { ConsoleApi } from '../../api/console';
import type { InvitationScope } from '../../api/console/credentials';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { RadioCards, Select, TextField } from '../../ui/form';
import { changeQuery } from '../../ui/location';
import { ErrorNotice, Notes } from '../../ui/notice';
import { SecretOnce } from '../../ui/secret';
import { dateOf } from '../../ui/time';
import { useAction } from '../../ui/use-call';
import { call } from '../api';

type Made = ConsoleApi['invitations.create']['out'];

const scopes = [
  {
    value: 'setup',
    label: 'Set up',
    description: 'Credentials, the steps of the identity provider, counts and failures. No names of people.',
  },
  {
    value: 'manage',
    label: 'Set up and manage people',
    description: 'All of that, and the users: find, disable, restore.',
  },
] as const;

const lives = [
  { value: '1', label: '1 day' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
] as const;

/** Makes an invitation: a link, and a PIN that goes by another way. */
export function InviteDialog({ tenant, onCreated }: { readonly tenant: string; readonly onCreated: () => void }) {
  const [scope, setScope] = useState<InvitationScope>('setup');
  const [days, setDays] = useState<'1' | '7' | '30'>('7');
  const [customer, setCustomer] = useState('');
  const [made, setMade] = useState<Made>();
  const close = () => changeQuery({ dialog: undefined });
  const making = useAction(async () => {
    const named = customer.trim();
    setMade(await call('invitations.create', { tenant, scope, days: Number(days), ...(named && { customer: named }) }));
    onCreated();
  });
  if (made) {
    return (
      <Dialog
        title="Send these by two different ways"
        onClose={close}
        footer={
          <Button kind="primary" onClick={close}>
            Done
          </Button>
        }
      >
        <SecretOnce
          warning="Whoever has both can open the setup page. Five wrong PINs end the invitation."
          fields={[
            {
              name: 'Link',
              value: made.link,
              hint: `By mail, for example. It ends on ${dateOf(Date.parse(made.expires))}.`,
            },
            { name: 'PIN', value: made.pin, hint: 'By phone or chat, for example.' },
          ]}
        />
        <Notes notes={made.notes} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title="Invite administrator"
      onClose={close}
      onSubmit={() => !making.running && making.run()}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" type="submit" busy={making.running}>
            Create invitation
          </Button>
        </>
      }
    >
      <RadioCards legend="What the administrator may do" choices={scopes} value={scope} onValue={setScope} />
      <TextField
        label="Name of the customer"
        hint="The setup page says “You connect … to your product”. Empty, it takes the tenant’s label."
        value={customer}
        onValue={setCustomer}
        maxLength={80}
      />
      <Select label="Ends after" choices={lives} value={days} onValue={setDays} />
      {making.error && <ErrorNotice error={making.error} />}
    </Dialog>
  );
}
