import { useState } from 'preact/hooks';
import type { ActivityLine, PersonDetails } from '../../api/portal';
import { announce } from '../../ui/announce';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { Facts } from '../../ui/facts';
import { Panel, Screen, Section } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { Moment } from '../../ui/moment';
import { Empty, ErrorNotice, Notice } from '../../ui/notice';
import { useAction, useLoaded } from '../../ui/use-call';
import { usePortal } from '../context';
import { State } from './people';

/** One person: attributes, groups, what happened, and whether the person may come in. */
export function Person({ id }: { readonly id: string }) {
  const { call, session } = usePortal();
  const loaded = useLoaded(id, (signal) => call('users.get', { id }, signal));
  const person = loaded.value;
  return (
    <Screen
      title={person?.displayName ?? person?.userName ?? 'Person'}
      of={session.productName}
      back={{ href: '#/people', label: 'People' }}
      badge={person && <State active={person.active} />}
      actions={person && <Switch person={person} onChanged={loaded.reload} />}
    >
      <Show loaded={loaded}>{(value) => <Details person={value} />}</Show>
    </Screen>
  );
}

function Details({ person }: { readonly person: PersonDetails }) {
  const { userName, email, externalId, created, modified, groups, activity, resource, isChangedHere } = person;
  return (
    <>
      {isChangedHere && (
        <Notice tone="accent" title="This person was changed here last, and not by your identity provider.">
          The next change that your identity provider sends for this person overwrites it.
        </Notice>
      )}
      <Section title="Person">
        <Panel>
          <Facts
            facts={[
              ['User name', userName],
              ['Email', email ?? '–'],
              ['External id', externalId ? <code key="external">{externalId}</code> : '–'],
              ['Created', <Moment key="created" at={created} />],
              ['Changed', <Moment key="modified" at={modified} />],
            ]}
          />
        </Panel>
      </Section>
      <Section title="Groups">
        {groups.length > 0 ? (
          <ul class="groups">
            {groups.map(({ id, displayName }) => (
              <li key={id}>
                <Badge>{displayName}</Badge>
              </li>
            ))}
          </ul>
        ) : (
          <p class="quiet">In no group.</p>
        )}
      </Section>
      <Section title="What happened">
        {activity.length > 0 ? <Activity lines={activity} /> : <Empty title="Nothing is recorded." />}
      </Section>
      <Section title="Everything that is stored">
        <details class="why">
          <summary>Show it as JSON</summary>
          <pre>
            <code>{JSON.stringify(resource, null, 2)}</code>
          </pre>
        </details>
      </Section>
    </>
  );
}

function Activity({ lines }: { readonly lines: readonly ActivityLine[] }) {
  return (
    <ol class="activity">
      {lines.map(({ time, kind, sentence, by, requestId }) => (
        <li key={time + sentence} class={kind === 'failure' ? 'activity-failure' : undefined}>
          <Moment at={time} />
          <span>
            {sentence} <span class="hint">by {by}</span>
            {kind === 'failure' && requestId && <span class="hint"> · {requestId}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Disables a person, or enables one again. */
function Switch({ person, onChanged }: { readonly person: PersonDetails; readonly onChanged: () => void }) {
  const { call, session } = usePortal();
  const [asks, setAsks] = useState(false);
  const { id, active, displayName, userName } = person;
  const name = displayName ?? userName;
  const switching = useAction(async () => {
    await call(active ? 'users.disable' : 'users.enable', { id });
    announce(active ? `${name} is disabled.` : `${name} is active again.`);
    setAsks(false);
    onChanged();
  });
  if (!active) {
    return (
      <>
        <Button kind="primary" busy={switching.running} onClick={() => switching.run()}>
          Enable
        </Button>
        {switching.error && <ErrorNotice error={switching.error} />}
      </>
    );
  }
  return (
    <>
      <Button onClick={() => setAsks(true)}>Disable</Button>
      {asks && (
        <ConfirmDialog
          title={`Disable ${name}?`}
          confirm="Disable"
          danger
          busy={switching.running}
          error={switching.error}
          onConfirm={() => switching.run()}
          onClose={() => setAsks(false)}
        >
          <p>
            {name} cannot use {session.productName} any more. Unassign the person in your identity provider as well: its
            next change would otherwise enable the person again.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
