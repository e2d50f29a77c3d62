import type { CredentialInfo } from '../../api/portal';
import { announce } from '../../ui/announce';
import { ConfirmDialog } from '../../ui/dialog';
import { useAction } from '../../ui/use-call';
import { usePortal } from '../context';
import { titleOf } from './title';

interface RevokeProps {
  readonly credential: CredentialInfo;
  readonly onClose: () => void;
}

/** Ends a credential for good. */
export function RevokeDialog({ credential, onClose }: RevokeProps) {
  const { id, lastUse } = credential;
  const { call, session } = usePortal();
  const revoking = useAction(async () => {
    await call('credentials.revoke', { id });
    announce('The credential is revoked.');
    onClose();
  });
  return (
    <ConfirmDialog
      title={`Revoke ${titleOf(credential)}?`}
      confirm="Revoke"
      danger
      busy={revoking.running}
      error={revoking.error}
      onConfirm={() => revoking.run()}
      onClose={onClose}
    >
      <p>
        {lastUse
          ? 'Your identity provider uses it. Once it is revoked, within two minutes, nothing more arrives from there until you paste another one.'
          : 'It was never used.'}{' '}
        The people and groups in {session.productName} stay as they are.
      </p>
      {lastUse && <p>To replace it without a gap, rotate it instead.</p>}
    </ConfirmDialog>
  );
}
