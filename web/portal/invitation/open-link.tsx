import { useState } from 'preact/hooks';
import type { InvitationInfo } from '../../api/portal';
import { Button } from '../../ui/button';
import { CallError } from '../../ui/call';
import { Checkbox, TextField } from '../../ui/form';
import { Panel, Screen } from '../../ui/layout';
import { ErrorNotice, Notice } from '../../ui/notice';
import { useAction } from '../../ui/use-call';
import { fillNames } from '../names';
import { minuteOf } from '../when';
import type { InvitationProps } from './props';

/** Whom this connects with what, and the PIN that opens it. */
export function OpenLink({ info, send, code, onOpen, onResume }: InvitationProps & { readonly info: InvitationInfo }) {
  const { customer, productName, operatorName, current } = info;
  const [pin, setPin] = useState('');
  const [replaces, setReplaces] = useState(false);
  const opening = useAction(async () => {
    onOpen(await send('invitation.open', { code, pin, ...(replaces && { replace: true }) }));
  });
  const isComplete = /^\d{6}$/.test(pin) && (!current || replaces);
  return (
    <Screen title={`Connect ${customer} to ${productName}`} of={productName}>
      <p class="invited">
        You connect <strong>{customer}</strong> to <strong>{productName}</strong>, invited by {operatorName}.
      </p>
      <p class="invited quiet">{what(info)}</p>
      <Panel>
        <form
          class="pin-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (isComplete) opening.run();
          }}
        >
          <TextField
            label="PIN"
            hint={fillNames('Six digits. {operator} sent them separately from the link.', info)}
            value={pin}
            onValue={(text) => {
              setPin(text.replace(/\D/g, '').slice(0, 6));
              opening.clear();
            }}
            inputMode="numeric"
            error={wrongPin(opening.error)}
          />
          {current && <CurrentSession info={info} replaces={replaces} onReplaces={setReplaces} onResume={onResume} />}
          {opening.error && !wrongPin(opening.error) && <ErrorNotice error={opening.error} />}
          <div class="pin-actions">
            <Button kind="primary" type="submit" busy={opening.running} disabled={!isComplete}>
              Yes, connect {customer}
            </Button>
          </div>
        </form>
      </Panel>
      <p class="hint invited">
        The link works once, until {minuteOf(info.expires)}. If you do not work for {customer}, close this page: nothing
        has happened yet.
      </p>
    </Screen>
  );
}

function what({ scope, productName }: InvitationInfo): string {
  const setup = `Your identity provider, such as Okta or Entra ID, will create, update and disable the accounts of your people in ${productName}.`;
  return scope === 'setup'
    ? setup
    : `${setup} With this link you can also look at these accounts, and disable or restore one.`;
}

/** @returns what is wrong with the PIN; undefined if the error is another one. */
function wrongPin(error: Error | undefined): string | undefined {
  return error instanceof CallError && error.code === 'wrong-pin' ? error.message : undefined;
}

interface CurrentProps {
  readonly info: InvitationInfo;
  readonly replaces: boolean;
  readonly onReplaces: (replaces: boolean) => void;
  readonly onResume: () => void;
}

/** This browser has a session already; opening the link would end it. */
function CurrentSession({ info: { current, customer }, replaces, onReplaces, onResume }: CurrentProps) {
  const title = current?.isSame
    ? `You are connecting ${customer} already, in this browser.`
    : `This browser is connecting ${current?.customer} at the moment.`;
  return (
    <Notice tone="warning" title={title} actions={<Button onClick={onResume}>Go on with {current?.customer}</Button>}>
      <Checkbox label={`End that, and use this link for ${customer}`} checked={replaces} onChecked={onReplaces} />
    </Notice>
  );
}
