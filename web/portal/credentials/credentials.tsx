import { useState } from 'preact/hooks';
import type { CredentialInfo } from '../../api/portal';
import { Badge, type Tone } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Facts } from '../../ui/facts';
import { Screen, Section } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { LastUse, Moment } from '../../ui/moment';
import { Empty } from '../../ui/notice';
import { dateOf, daysUntil } from '../../ui/time';
import { useLoaded } from '../../ui/use-call';
import { usePortal } from '../context';
import { CreateDialog } from './create';
import { RevokeDialog } from './revoke';
import { RotateDialog } from './rotate';
import { kindName, titleOf } from './title';

type Dialog = { readonly what: 'create' } | { readonly what: 'rotate' | 'revoke'; readonly credential: CredentialInfo };

/** The credentials of the identity provider: until when they work, and how they are replaced. */
export function Credentials() {
  const { call, session } = usePortal();
  const overview = useLoaded('overview', (signal) => call('overview.get', {}, signal), { every: 15_000 });
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => {
    setDialog(undefined);
    overview.reload();
  };
  return (
    <Screen
      title="Credentials"
      of={session.productName}
      lead={`With these, your identity provider signs in to ${session.productName}. Their secrets are shown only when they are made. Two tokens and two clients can work at a time.`}
      actions={
        <Button icon="plus" onClick={() => setDialog({ what: 'create' })}>
          Make a credential
        </Button>
      }
    >
      <Section title="In use">
        <Show loaded={overview}>
          {({ credentials }) =>
            credentials.length > 0 ? (
              <ul class="credentials">
                {credentials.map((credential) => (
                  <Credential
                    key={credential.id}
                    credential={credential}
                    onRotate={() => setDialog({ what: 'rotate', credential })}
                    onRevoke={() => setDialog({ what: 'revoke', credential })}
                  />
                ))}
              </ul>
            ) : (
              <Empty title="There is no credential yet.">
                The steps say when you need one, and make it. <a href="#/">Go to the steps</a>
              </Empty>
            )
          }
        </Show>
      </Section>
      {dialog?.what === 'create' && <CreateDialog onClose={close} />}
      {dialog?.what === 'rotate' && <RotateDialog credential={dialog.credential} onClose={close} />}
      {dialog?.what === 'revoke' && <RevokeDialog credential={dialog.credential} onClose={close} />}
    </Screen>
  );
}

const states: Readonly<Record<CredentialInfo['state'], readonly [string, Tone]>> = {
  live: ['Works', 'good'],
  disabled: ['Switched off', 'warning'],
  expired: ['Ended', 'bad'],
};

interface CredentialProps {
  readonly credential: CredentialInfo;
  readonly onRotate: () => void;
  readonly onRevoke: () => void;
}

function Credential({ credential, onRotate, onRevoke }: CredentialProps) {
  const { session } = usePortal();
  const { id, kind, isFirst, state, created, lastUse, secrets } = credential;
  const name = titleOf(credential);
  const [word, tone] = states[state];
  return (
    <li class="panel credential-item">
      <header class="section-header">
        <h3>{name}</h3>
        <Badge tone={tone}>{word}</Badge>
        <div class="section-actions">
          <Button label={`Rotate ${name}`} onClick={onRotate}>
            Rotate
          </Button>
          <Button label={`Revoke ${name}`} onClick={onRevoke}>
            Revoke
          </Button>
        </div>
      </header>
      {isFirst && (
        <p class="hint">
          {session.operatorName} made it when this connection was created.{' '}
          {!lastUse && 'If you did not get it, revoke it: it takes one of two places.'}
        </p>
      )}
      <Facts
        facts={[
          ['Kind', kindName[kind]],
          [kind === 'client' ? 'Client identifier' : 'Token id', <code key="id">{id}</code>],
          ['Made', <Moment key="made" at={created} />],
          ['Last use', lastUse ? <LastUse key="use" at={lastUse} /> : 'never'],
          ...secrets.map((secret, index): [string, preact.ComponentChild] => [
            secrets.length > 1 ? `Secret ${index + 1} ends` : 'Ends',
            <Ends key={secret.created} expires={secret.expires} isExpired={secret.isExpired} />,
          ]),
        ]}
      />
    </li>
  );
}

/** The date on which a secret ends, and a warning a month before. */
function Ends({ expires, isExpired }: { readonly expires: string; readonly isExpired: boolean }) {
  const time = Date.parse(expires);
  const days = daysUntil(time, Date.now());
  if (isExpired) return <>ended on {dateOf(time)}</>;
  return (
    <>
      {dateOf(time)} {days < 30 && <Badge tone="warning">{days < 1 ? 'today' : `in ${days} days`}</Badge>}
    </>
  );
}
