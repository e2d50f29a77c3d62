import { useState } from 'preact/hooks';
import type { MadeClient } from '../../api/console/credentials';
import { Button } from '../../ui/button';
import { CopyField } from '../../ui/copy';
import { ConfirmDialog, Dialog } from '../../ui/dialog';
import { Checkbox, Select, TextField } from '../../ui/form';
import { Notes } from '../../ui/notice';
import { SecretOnce } from '../../ui/secret';
import { dateOf } from '../../ui/time';
import { useAction } from '../../ui/use-call';
import { call } from '../api';
import type { DialogProps } from '../props';
import { KeyField, noWorkload, WorkloadFields } from './proof-fields';

interface Made {
  readonly client: MadeClient;
  readonly notes: readonly string[];
}

const lives = [
  { value: '365', label: '1 year' },
  { value: '730', label: '2 years' },
  { value: '1095', label: '3 years' },
] as const;

const proofs = [
  { value: 'secret', label: 'A client secret' },
  { value: 'key', label: 'A key: it signs assertions' },
  { value: 'workload', label: 'A workload identity, such as of Entra' },
] as const;

/** Creates an OAuth client and shows what the identity provider asks for. */
export function ClientDialog({ tenant, onChanged, onClose }: DialogProps) {
  const [label, setLabel] = useState('');
  const [days, setDays] = useState<(typeof lives)[number]['value']>('365');
  const [readOnly, setReadOnly] = useState(false);
  const [proof, setProof] = useState<(typeof proofs)[number]['value']>('secret');
  const [key, setKey] = useState('');
  const [workload, setWorkload] = useState(noWorkload);
  const [made, setMade] = useState<Made>();
  const making = useAction(async () => {
    const named = label.trim();
    const proven = { secret: { days: Number(days) }, key: { key }, workload: { workload } }[proof];
    setMade(await call('clients.create', { tenant, readOnly, ...proven, ...(named && { label: named }) }));
    onChanged();
  });
  if (made) return <MadeClientDialog made={made} onClose={onClose} />;
  return (
    <ConfirmDialog
      title="Create OAuth client"
      confirm="Create client"
      busy={making.running}
      error={making.error}
      onConfirm={making.run}
      onClose={onClose}
    >
      <TextField
        label="Label"
        hint="Where it is used, such as “Entra ID”."
        value={label}
        onValue={setLabel}
        maxLength={64}
      />
      <Select label="It authenticates with" choices={proofs} value={proof} onValue={setProof} />
      {proof === 'secret' && <Select label="Its secret ends after" choices={lives} value={days} onValue={setDays} />}
      {proof === 'key' && <KeyField value={key} onValue={setKey} />}
      {proof === 'workload' && <WorkloadFields value={workload} onValue={setWorkload} />}
      <Checkbox label="It may only read" checked={readOnly} onChecked={setReadOnly} />
    </ConfirmDialog>
  );
}

/** Makes another secret of a client; those before go on working for a week. */
export function RotateClientDialog({ tenant, about, onChanged, onClose }: DialogProps) {
  const [made, setMade] = useState<Made>();
  const rotating = useAction(async () => {
    setMade(await call('clients.rotate', { tenant, id: about, overlapHours: 168 }));
    onChanged();
  });
  if (made) return <MadeClientDialog made={made} onClose={onClose} />;
  return (
    <ConfirmDialog
      title="New secret"
      confirm="Create secret"
      busy={rotating.running}
      error={rotating.error}
      onConfirm={rotating.run}
      onClose={onClose}
    >
      <p>The client gets another secret. Those that it has work for a week more, so no request is refused meanwhile.</p>
    </ConfirmDialog>
  );
}

function MadeClientDialog({ made: { client, notes }, onClose }: { readonly made: Made; readonly onClose: () => void }) {
  const { baseUrl, tokenEndpoint, id, secret, secretExpires } = client;
  const fields = [
    { name: 'Tenant URL', value: baseUrl, hint: 'Also called SCIM endpoint or Base URL.' },
    { name: 'Token endpoint', value: tokenEndpoint },
    { name: 'Client identifier', value: id },
  ];
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
      {secret ? (
        <SecretOnce
          fields={[
            ...fields,
            {
              name: 'Client secret',
              value: secret,
              ...(secretExpires && { hint: `It ends on ${dateOf(Date.parse(secretExpires))}.` }),
            },
          ]}
        />
      ) : (
        fields.map((field) => <CopyField key={field.name} {...field} />)
      )}
      <Notes notes={notes} />
    </Dialog>
  );
}
