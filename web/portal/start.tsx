import { useState } from 'preact/hooks';
import type { ProviderId } from '../api/portal';
import { Button, LinkButton } from '../ui/button';
import { RadioCards } from '../ui/form';
import { Screen } from '../ui/layout';
import { navigate } from '../ui/location';
import { ErrorNotice } from '../ui/notice';
import { useAction } from '../ui/use-call';
import { usePortal } from './context';
import { SupportLink } from './frame';
import { guides } from './guides';
import { capital } from './names';

/** The first screen of a session: what will happen, and which identity provider it is. */
export function Start() {
  const { session, save } = usePortal();
  const { productName, customer, operatorName, setup } = session;
  const [provider, setProvider] = useState<ProviderId | undefined>(setup.provider);
  const choosing = useAction(async () => {
    if (provider) await save({ provider });
    navigate('#/');
  });
  const choices = guides.map(({ id, name }) => ({ value: id, label: id === 'other' ? 'Another one' : name }));
  return (
    <Screen title={`Connect ${customer} to ${productName}`} of={productName}>
      <ol class="plan">
        <li>You choose your identity provider, and follow its steps there. Every value to paste is here.</li>
        <li>You send one person first. This site shows what arrives, while it arrives.</li>
        <li>You send everybody, and the groups.</li>
      </ol>
      <p class="invited">
        It takes about 20 minutes. Nobody is changed or removed when you connect, and you can stop at any time. You can
        close this page and come back in this browser within 24 hours; later you need a new link, and what you did is
        kept. {capital(operatorName)} cannot see the secrets that you make here. Questions?{' '}
        <SupportLink brand={session} />.
      </p>
      <form
        class="choose"
        onSubmit={(event) => {
          event.preventDefault();
          if (provider) choosing.run();
        }}
      >
        <RadioCards
          legend="Where do you manage your people?"
          choices={choices}
          value={provider}
          onValue={setProvider}
        />
        {choosing.error && <ErrorNotice error={choosing.error} />}
        <div class="choose-actions">
          <Button kind="primary" type="submit" busy={choosing.running} disabled={!provider}>
            Show the steps
          </Button>
          {setup.provider && <LinkButton href="#/">Cancel</LinkButton>}
        </div>
      </form>
    </Screen>
  );
}
