import type { ComponentType } from 'preact';
import { Screen } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { ErrorNotice, Skeleton } from '../../ui/notice';
import { hrefTo } from '../../ui/router';
import { Tabs } from '../../ui/tabs';
import { Activity } from '../activity/activity';
import { useConsole } from '../api';
import { Credentials } from '../credentials/credentials';
import { Deleted } from '../directory/deleted';
import { Resource } from '../directory/resource';
import { Resources } from '../directory/resources';
import { tenantPlace } from '../places';
import type { TenantProps } from '../props';
import { SettingsScreen } from '../settings/settings';
import { profileNames, TenantBadge } from '../states';
import { Held } from './held';
import { Overview } from './overview';

interface TabRow {
  readonly name: string;
  readonly label: string;
  readonly screen: ComponentType<TenantProps>;
}

const Users = (props: TenantProps) => <Resources {...props} type="User" />;
const Groups = (props: TenantProps) => <Resources {...props} type="Group" />;

const tabs: readonly TabRow[] = [
  { name: 'overview', label: 'Overview', screen: Overview },
  { name: 'users', label: 'Users', screen: Users },
  { name: 'groups', label: 'Groups', screen: Groups },
  { name: 'activity', label: 'Activity', screen: Activity },
  { name: 'credentials', label: 'Credentials', screen: Credentials },
  { name: 'deleted', label: 'Deleted', screen: Deleted },
  { name: 'settings', label: 'Settings', screen: SettingsScreen },
];

interface Props {
  readonly tenant: string;
  readonly tab: string;
  /** The id of one user or group. */
  readonly id?: string;
}

const back = { href: hrefTo([]), label: 'Tenants' };

/** One tenant: its name and state, its screens, and above them what is held. */
export function Tenant({ tenant, tab, id }: Props) {
  const loaded = useConsole('settings.get', { tenant }, { every: 10_000 });
  const current = tabs.find(({ name }) => name === tab) ?? tabs[0];
  const { value: settings } = loaded;
  if (!settings) {
    return (
      <Screen title="Tenant" of="serverless-scim" back={back}>
        {loaded.error ? <ErrorNotice error={loaded.error} retry={loaded.reload} /> : <Skeleton lines={6} />}
      </Screen>
    );
  }
  const props = { tenant, settings, reload: loaded.reload };
  const Current = current?.screen ?? Overview;
  return (
    <Screen
      title={settings.label}
      of={`${current?.label ?? ''} · serverless-scim`}
      back={back}
      badge={<TenantBadge state={settings.state} />}
      lead={`${profileNames[settings.profile]} · ${settings.id}`}
    >
      <Tabs
        label={`Screens of ${settings.label}`}
        tabs={tabs.map(({ name, label }) => ({
          label,
          href: tenantPlace(tenant, name === 'overview' ? [] : [name]),
          isCurrent: name === current?.name,
        }))}
      />
      <Held {...props} />
      <Show loaded={loaded}>
        {() =>
          id === undefined ? (
            <Current {...props} key={tab} />
          ) : (
            <Resource {...props} type={typeOf(tab)} id={id} key={id} />
          )
        }
      </Show>
    </Screen>
  );
}

const typeOf = (tab: string) => (tab === 'groups' ? 'Group' : 'User');
