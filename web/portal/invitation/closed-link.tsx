import type { InvitationInfo } from '../../api/portal';
import { Button } from '../../ui/button';
import { Screen } from '../../ui/layout';
import { Notice } from '../../ui/notice';
import { SupportLink } from '../frame';
import { fillNames } from '../names';
import { minuteOf } from '../when';

interface ClosedLinkProps {
  readonly info: InvitationInfo;
  readonly onResume: () => void;
}

/** A link that cannot be opened any more: why, and what to do. */
export function ClosedLink({ info, onResume }: ClosedLinkProps) {
  const { title, text } = words(info);
  const { current, productName } = info;
  return (
    <Screen title={title} of={productName}>
      <p class="invited">{fillNames(text, info)}</p>
      {current && (
        <Notice
          tone="accent"
          title={`This browser is connecting ${current.customer}.`}
          actions={
            <Button kind="primary" onClick={onResume}>
              Go on with {current.customer}
            </Button>
          }
        />
      )}
      <p class="invited">
        For a new link: <SupportLink brand={info} />.
      </p>
    </Screen>
  );
}

function words({ state, openedAt, expires, customer }: InvitationInfo): { title: string; text: string } {
  switch (state) {
    case 'used':
      return {
        title: 'This link was opened already',
        text: `A link works once. This one was opened${openedAt ? ` on ${minuteOf(openedAt)}` : ''}. If that was you, go on in the browser in which you opened it. If nobody at ${customer} opened it, tell {operator} at once.`,
      };
    case 'expired':
      return {
        title: 'This link has ended',
        text: `It was valid until ${minuteOf(expires)}. Nothing was changed by opening it now.`,
      };
    case 'revoked':
      return {
        title: 'This link was taken back',
        text: '{operator} has ended it. Nothing was changed by opening it now.',
      };
    default:
      return {
        title: 'This link is locked',
        text: 'A wrong PIN was entered five times, so the link has ended. A new one comes with a new PIN.',
      };
  }
}
