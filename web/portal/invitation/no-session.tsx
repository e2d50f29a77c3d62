import type { PortalApi } from '../../api/portal';
import type { Caller } from '../../ui/call';
import { Screen } from '../../ui/layout';
import { ErrorNotice } from '../../ui/notice';
import { useLoaded } from '../../ui/use-call';
import { Frame } from '../frame';

interface NoSessionProps {
  readonly send: Caller<PortalApi>;
  readonly why: 'never' | 'ended' | 'left' | Error;
  readonly onRetry: () => void;
}

const texts = {
  never: {
    title: 'Open the link of your invitation',
    text: 'Click the link in the message that you got. If you loaded this page again before you entered the PIN, the link still works. If you have entered the PIN already, come back in the browser in which you did.',
  },
  ended: {
    title: 'Your session has ended',
    text: 'A session ends when it was not used for 24 hours, or when the invitation ends. What you have set up goes on working, and the steps that you ticked are kept. To come back, ask for a new link.',
  },
  left: {
    title: 'You have signed out',
    text: 'What you have set up goes on working, and the steps that you ticked are kept. To come back, ask for a new link.',
  },
} as const;

/** Who comes without a session reads how to get one. */
export function NoSession({ send, why, onRetry }: NoSessionProps) {
  const brand = useLoaded('brand', (signal) => send('brand.get', {}, signal)).value;
  if (why instanceof Error) {
    return (
      <Frame brand={brand}>
        <Screen title="Something went wrong">
          <ErrorNotice error={why} retry={onRetry} />
        </Screen>
      </Frame>
    );
  }
  const { title, text } = texts[why];
  return (
    <Frame brand={brand}>
      <Screen title={title} {...(brand && { of: brand.productName })}>
        <p class="invited">{text}</p>
      </Screen>
    </Frame>
  );
}
