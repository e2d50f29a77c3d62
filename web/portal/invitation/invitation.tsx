import { useEffect } from 'preact/hooks';
import type { InvitationInfo } from '../../api/portal';
import { setAccent } from '../../ui/brand';
import { CallError } from '../../ui/call';
import { Screen } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { useLoaded } from '../../ui/use-call';
import { Frame } from '../frame';
import { ClosedLink } from './closed-link';
import { OpenLink } from './open-link';
import type { InvitationProps } from './props';

/** What a link leads to. To look at it changes nothing: only the click together with the PIN opens it. */
export function Invitation(props: InvitationProps) {
  const { send, code } = props;
  const loaded = useLoaded('invitation', (signal) => send('invitation.get', { code }, signal));
  const info = loaded.value;
  useEffect(() => {
    if (info?.accentColour) setAccent(info.accentColour);
  }, [info?.accentColour]);
  return (
    <Frame brand={info}>
      {isUnknown(loaded.error) ? (
        <UnknownLink />
      ) : (
        <Show loaded={loaded}>{(value) => <Link info={value} {...props} />}</Show>
      )}
    </Frame>
  );
}

function Link({ info, ...props }: InvitationProps & { readonly info: InvitationInfo }) {
  return info.state === 'open' ? (
    <OpenLink info={info} {...props} />
  ) : (
    <ClosedLink info={info} onResume={props.onResume} />
  );
}

function UnknownLink() {
  return (
    <Screen title="This link is not complete">
      <p>
        Some mail programs cut long links. Copy the whole link from the message, paste it into the address bar, and
        press Enter. If that does not help, ask whoever sent it for a new one.
      </p>
    </Screen>
  );
}

const isUnknown = (error: Error | undefined) => error instanceof CallError && error.status === 404;
