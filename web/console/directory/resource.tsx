import type { ResourceType } from '../../api/console/call';
import type { Resource as Found } from '../../api/console/directory';
import { CopyButton } from '../../ui/copy';
import { Facts } from '../../ui/facts';
import { Icon } from '../../ui/icon';
import { Panel, Section } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { Moment } from '../../ui/moment';
import { Empty, Notice } from '../../ui/notice';
import { dateOf } from '../../ui/time';
import { ActivityRows } from '../activity/activity-rows';
import { useConsole } from '../api';
import { tenantPlace } from '../places';
import type { TenantProps } from '../props';
import { showAttributes } from './attributes';
import { Members } from './members';
import { ResourceHeader } from './resource-header';

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
            <ResourceHeader tenant={tenant} resource={resource} settings={settings} onChanged={loaded.reload} />
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

/** What the operator did, by the command that does it as well. */
const done: Readonly<Record<string, string>> = {
  'user disable': 'Disabled',
  'user enable': 'Enabled',
  'user restore': 'Restored',
  'group restore': 'Restored',
  import: 'Imported',
};

function ChangedHere({ change }: { readonly change: NonNullable<Found['changedHere']> }) {
  return (
    <Notice tone="accent" title={`${done[change.action] ?? 'Changed'} here on ${dateOf(Date.parse(change.on))}.`}>
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
