import { changeQuery, useLocation } from '../../ui/location';
import type { DialogProps } from '../props';
import { ClientDialog, RotateClientDialog } from './client-dialogs';
import { AddKeyDialog, AddWorkloadDialog } from './proof-dialogs';
import { RevokeDialog } from './revoke-dialog';
import { RotateTokenDialog, TokenDialog } from './token-dialogs';

const dialogs: Readonly<Record<string, (props: DialogProps) => preact.JSX.Element>> = {
  token: TokenDialog,
  'rotate-token': RotateTokenDialog,
  'revoke-token': (props) => <RevokeDialog {...props} what="token" />,
  client: ClientDialog,
  'rotate-client': RotateClientDialog,
  'add-key': AddKeyDialog,
  'add-workload': AddWorkloadDialog,
  'revoke-client': (props) => <RevokeDialog {...props} what="client" />,
  'revoke-part': (props) => <RevokeDialog {...props} what="part" />,
};

/** The dialog that the address names, if it names one. */
export function CredentialDialogs(props: Pick<DialogProps, 'tenant' | 'baseUrl' | 'onChanged'>) {
  const { dialog = '', about = '', part } = useLocation().query;
  const Named = Object.hasOwn(dialogs, dialog) ? dialogs[dialog] : undefined;
  if (!Named) return null;
  const close = () => changeQuery({ dialog: undefined, about: undefined, part: undefined });
  return <Named key={dialog + about + (part ?? '')} {...props} about={about} part={part} onClose={close} />;
}
