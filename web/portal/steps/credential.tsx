import type { Guide } from '../../../guides/guide';
import type { CredentialInfo, MadeCredential, Setup } from '../../api/portal';
import { Button } from '../../ui/button';
import { CallError } from '../../ui/call';
import { ErrorNotice, Notice } from '../../ui/notice';
import { dateOf } from '../../ui/time';
import { useAction } from '../../ui/use-call';
import { usePortal } from '../context';
import { nameOf } from '../guides';
import { minuteOf } from '../when';

/** What a secret of each kind is called. */
export const secretName = { token: 'token', client: 'client secret' } as const;

/** The name under which the setup notes the credential of a kind. */
const answerOf = (kind: MadeCredential['kind']) => `credential-${kind}`;

/** The credential of a kind that was made for these steps, as long as it can be used. */
export function credentialOf(
  credentials: readonly CredentialInfo[],
  { answers = {} }: Setup,
  kind: MadeCredential['kind'],
): CredentialInfo | undefined {
  return credentials.find(({ id, state }) => id === answers[answerOf(kind)] && state === 'live');
}

interface CredentialProps {
  readonly guide: Guide;
  readonly kind: MadeCredential['kind'];
  readonly credential: CredentialInfo | undefined;
  /** The secret, if it was made since the page was loaded. */
  readonly secret: MadeCredential | undefined;
  readonly onMade: () => void;
}

/** Makes the credential that a step asks for, and says what to do when its secret is gone. */
export function Credential({ guide, kind, credential, secret, onMade }: CredentialProps) {
  const { call, session, save, keep } = usePortal();
  const name = secretName[kind];
  const make = async () => {
    const label = guide.id === 'other' ? 'Identity provider' : guide.name;
    const made = await call('credentials.create', { kind, label });
    await keep(made);
    await save({ answers: { ...session.setup.answers, [answerOf(kind)]: made.id } });
  };
  const making = useAction(async () => {
    await make();
    onMade();
  });
  const replacing = useAction(async ({ id, lastUse }: CredentialInfo) => {
    if (lastUse) {
      await keep(await call('credentials.rotate', { id }), id);
    } else {
      // Nobody uses it, and it may be one of the two that there can be.
      await call('credentials.revoke', { id });
      await make();
    }
    onMade();
  });
  const error = making.error ?? replacing.error;
  return (
    <div class="credential">
      {secret && <Made name={name} secret={secret} />}
      {!secret && !credential && (
        <Notice
          tone="accent"
          title={`${nameOf(guide)} signs in with a ${name}.`.replace(/^./, (first) => first.toUpperCase())}
          actions={
            <Button kind="primary" icon="key" busy={making.running} onClick={() => making.run()}>
              Make the {name}
            </Button>
          }
        >
          You make it here, and it is shown only to you, once. Nobody else sees it, not even {session.operatorName}.
        </Notice>
      )}
      {!secret && credential && (
        <Gone
          name={name}
          credential={credential}
          busy={replacing.running}
          onReplace={() => replacing.run(credential)}
        />
      )}
      {error && <ErrorNotice error={error} />}
      {error instanceof CallError && error.code === 'too-many' && (
        <p>
          <a href="#/credentials">Look at your credentials</a>
        </p>
      )}
    </div>
  );
}

function Made({ name, secret }: { readonly name: string; readonly secret: MadeCredential }) {
  return (
    <Notice tone="warning" title={`Copy the ${name} now: it is shown only once.`}>
      It works until {dateOf(Date.parse(secret.expires))}. When you close or reload this page, nobody can show it again;
      you can then only make another one.
    </Notice>
  );
}

interface GoneProps {
  readonly name: string;
  readonly credential: CredentialInfo;
  readonly busy: boolean;
  readonly onReplace: () => void;
}

/** The secret was made before the page was loaded. */
function Gone({ name, credential, busy, onReplace }: GoneProps) {
  const made = minuteOf(credential.created);
  return (
    <Notice
      title={`You made the ${name} on ${made}. It cannot be shown again.`}
      actions={
        <Button busy={busy} onClick={onReplace}>
          Make a new one
        </Button>
      }
    >
      {credential.lastUse
        ? 'It is in use, so there is nothing to do. If you make a new one, the old one works for seven more days.'
        : 'If you have pasted it, go on. If not, make a new one; the old one then ends.'}
    </Notice>
  );
}
