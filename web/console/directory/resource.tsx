import { useState } from 'preact/hooks';
import type { ResourceType } from '../../api/console/call';
import type { Resource as Found } from '../../api/console/directory';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy';
import { Facts } from '../../ui/facts';
import { Icon } from '../../ui/icon';
import { Panel, Section } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { changeQuery, useLocation } from '../../ui/location';
import { Moment } from '../../ui/moment';
import { Empty, ErrorNotice, Notes, Notice } from '../../ui/notice';
import { dateOf } from '../../ui/time';
import { useAction } from '../../ui/use-call';
import { ActivityRows } from '../activity/activity-rows';
import { call, useConsole } from '../api';
import { tenantPlace } from '../places';
import type { TenantProps } from '../props';
import { ActiveBadge } from '../states';
import { showAttributes } from './attributes';
import { EraseDialog } from './erase-dialog';
import { Members } from './members';

interface Props extends TenantProps {
  readonly type: ResourceType;
  readonly id: string;
}

/** One user or group: attributes, groups or members, what happened to it, and what an operator can do. */
export function Resource({ tenant, settings, type, id }: Props) {
  const loaded = useConsole('resources.get', { tenant, type, id }, { every: 10_000 });
  const tab = type === 'User' ? 'users' : 'groups';
  return (
    <>
      <a class="back" href={tenantPlace(tenant, [tab])}>
        <Icon name="back" />
        {type}s
      </a>
      <Show loaded={loaded} lines={8}>
        {(resource) => (
          <>
            <Header tenant={tenant} resource={resource} mayChange={settings.localChanges} onChanged={loaded.reload} />
            {resource.changedHere && <ChangedHere change={resource.changedHere} />}
            <div class="columns">
              <div>
                <Attributes resource={resource} />
              </div>
              <div>
                {type === 'User' ? (
                  <GroupsOf tenant={tenant} resource={resource} />
                ) : (
                  <Members tenant={tenant} group={id} />
                )}
              </div>
            </div>
            <Section
              title="Activity"
              actions={
                resource.moreActivity && (
                  <a href={tenantPlace(tenant, ['activity'], { [type === 'User' ? 'user' : 'group']: id })}>
                    All of it
                  </a>
                )
              }
            >
              <Panel flush>
                {resource.activity.length === 0 && <Empty title="Nothing is kept" />}
                <ActivityRows tenant={tenant} rows={resource.activity} />
              </Panel>
            </Section>
          </>
        )}
      </Show>
    </>
  );
}

interface HeaderProps {
  readonly tenant: string;
  readonly resource: Found;
  readonly mayChange: boolean;
  readonly onChanged: () => void;
}

function Header({
  tenant,
  resource: { id, type, name, displayName, active = true },
  mayChange,
  onChanged,
}: HeaderProps) {
  const { query } = useLocation();
  const [notes, setNotes] = useState<readonly string[]>([]);
  const switching = useAction(async () => {
    const done = await call('users.setActive', { tenant, id, active: !active });
    announce(`${name} is ${active ? 'disabled' : 'enabled'}.`);
    setNotes(done.notes);
    onChanged();
  });
  return (
    <header class="resource-header">
      <div class="screen-title">
        <h2>{displayName ?? name}</h2>
        {type === 'User' && <ActiveBadge active={active} />}
        <div class="screen-actions">
          {type === 'User' && (
            <Button busy={switching.running} disabled={!mayChange} onClick={switching.run}>
              {active ? 'Disable' : 'Enable'}
            </Button>
          )}
          <Button disabled={!mayChange} onClick={() => changeQuery({ dialog: 'erase' })}>
            Erase…
          </Button>
        </div>
      </div>
      {displayName && displayName !== name && <p class="quiet">{name}</p>}
      {!mayChange && (
        <p class="hint">
          Operators may not change this tenant’s users and groups.{' '}
          <a href={tenantPlace(tenant, ['settings'])}>Settings</a> allows it.
        </p>
      )}
      {switching.error && <ErrorNotice error={switching.error} />}
      <Notes notes={notes} />
      {query.dialog === 'erase' && <EraseDialog tenant={tenant} type={type} id={id} />}
    </header>
  );
}

function ChangedHere({ change }: { readonly change: NonNullable<Found['changedHere']> }) {
  return (
    <Notice tone="accent" title={`${change.action} here on ${dateOf(Date.parse(change.on))}.`}>
      {change.identityProvider}
    </Notice>
  );
}

function Attributes({ resource }: { readonly resource: Found }) {
  const json = JSON.stringify(resource.attributes, undefined, 2);
  const lines = (values: readonly string[]) => values.map((value) => <div key={value}>{value}</div>);
  return (
    <Section title="Attributes">
      <Panel>
        <Facts
          facts={[
            ...showAttributes(resource.attributes).map(({ name, values }) => [name, lines(values)] as const),
            ['id', <code key="id">{resource.id}</code>],
            ['Changed', <Moment key="changed" at={resource.modified} />],
          ]}
        />
        <details class="raw">
          <summary>As SCIM shows it</summary>
          <div class="body-header">
            <CopyButton text={json} what="JSON" />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard. */}
          <pre tabIndex={0}>{json}</pre>
        </details>
      </Panel>
    </Section>
  );
}

function GroupsOf({ tenant, resource: { groups } }: { readonly tenant: string; readonly resource: Found }) {
  return (
    <Section title="Groups">
      <Panel flush>
        {groups.length === 0 && <Empty title="In no group" />}
        <ul class="rows">
          {groups.map(({ id, name }) => (
            <li key={id} class="row">
              <a href={tenantPlace(tenant, ['groups', id])}>{name ?? id}</a>
            </li>
          ))}
        </ul>
      </Panel>
    </Section>
  );
}
