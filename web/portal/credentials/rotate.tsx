import { useState } from 'preact/hooks';
import type { CredentialInfo, RotatedCredential } from '../../api/portal';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Select } from '../../ui/form';
import { ErrorNotice } from '../../ui/notice';
import { dateOf } from '../../ui/time';
import { useAction } from '../../ui/use-call';
import { usePortal } from '../context';
import { secretName } from '../steps/credential';
import { minuteOf } from '../when';
import { Made } from './made';

const overlaps = [
  { value: '0', label: 'It ends at once' },
  { value: '1', label: 'One day' },
  { value: '7', label: 'Seven days' },
  { value: '30', label: '30 days' },
];

interface RotateProps {
  readonly credential: CredentialInfo;
  readonly onClose: () => void;
}

/** Makes another secret, so that the identity provider can change over without a gap. */
export function RotateDialog({ credential, onClose }: RotateProps) {
  const { call, keep } = usePortal();
  const name = secretName[credential.kind];
  const [overlap, setOverlap] = useState('7');
  const [made, setMade] = useState<RotatedCredential>();
  const rotating = useAction(async () => {
    const rotated = await call('credentials.rotate', { id: credential.id, overlapDays: Number(overlap) });
    setMade(rotated);
    await keep(rotated, credential.id);
  });
  if (made) {
    return (
      <Dialog title={`New ${name}`} onClose={onClose} footer={<Button onClick={onClose}>I have copied it</Button>}>
        <Made
          made={made}
          warning={`Paste it into your identity provider, test the connection, and save. The ${name} before it ends on ${minuteOf(made.previousEnds)}; until then both work.`}
        />
      </Dialog>
    );
  }
  const ends = dateOf(Date.now() + Number(overlap) * 86_400_000);
  return (
    <Dialog
      title={`Rotate the ${name}`}
      onClose={onClose}
      onSubmit={() => !rotating.running && rotating.run()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={rotating.running}>
            Make the new {name}
          </Button>
        </>
      }
    >
      <ol class="points">
        <li>You make a new {name} here.</li>
        <li>You paste it into your identity provider, in place of the present one, test the connection and save.</li>
        <li>Until the present one ends, both work, so nothing is interrupted.</li>
      </ol>
      <Select
        label={`How long does the present ${name} go on working?`}
        choices={overlaps}
        value={overlap}
        onValue={setOverlap}
        hint={overlap === '0' ? 'Choose this only if it has leaked or is not in use.' : `It ends on ${ends}.`}
      />
      {rotating.error && <ErrorNotice error={rotating.error} />}
    </Dialog>
  );
}
