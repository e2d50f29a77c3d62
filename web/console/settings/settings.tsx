import { useState } from 'preact/hooks';
import type { Tier } from '../../api/console/settings';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Facts } from '../../ui/facts';
import { Select, TextField } from '../../ui/form';
import { Panel, Section } from '../../ui/layout';
import { changeQuery, useLocation } from '../../ui/location';
import { ErrorNotice } from '../../ui/notice';
import { absoluteTime, dateOf } from '../../ui/time';
import { useAction } from '../../ui/use-call';
import { call, useSession } from '../api';
import type { TenantProps } from '../props';
import { profileNames } from '../states';
import { DeleteTenantDialog } from './delete-tenant-dialog';
import { Switch } from './switch';

/** Everything that can be changed about a tenant. */
export function SettingsScreen(props: TenantProps) {
  const { tenant, settings } = props;
  const { query } = useLocation();
  return (
    <>
      <General {...props} />
      <Provisioning {...props} />
      <Section title="Delete">
        <Panel>
          <div class="setting">
            <div class="setting-text">
              <h3>Delete this tenant</h3>
              <p class="hint">With its credentials, users and groups. It cannot be undone.</p>
            </div>
            <Button kind="danger" onClick={() => changeQuery({ dialog: 'delete' }, { replace: false })}>
              Delete tenant…
            </Button>
          </div>
        </Panel>
      </Section>
      {query.dialog === 'delete' && <DeleteTenantDialog tenant={tenant} settings={settings} />}
    </>
  );
}

function General({ tenant, settings, reload }: TenantProps) {
  const { tiers } = useSession();
  const [label, setLabel] = useState(settings.label);
  const renaming = useAction(async () => {
    await call('settings.rename', { tenant, label: label.trim() });
    announce('Renamed.');
    reload();
  });
  const limiting = useAction(async (tier: Tier) => {
    await call('settings.setLimits', { tenant, tier });
    announce('The limits take effect within a few minutes.');
    reload();
  });
  const { limits } = settings;
  return (
    <Section title="General">
      <Panel>
        <div class="stack">
          <form
            class="setting-form"
            onSubmit={(event) => {
              event.preventDefault();
              renaming.run();
            }}
          >
            <TextField label="Label" value={label} onValue={setLabel} required maxLength={64} />
            <Button type="submit" busy={renaming.running} disabled={label.trim() === settings.label || !label.trim()}>
              Rename
            </Button>
          </form>
          {renaming.error && <ErrorNotice error={renaming.error} />}
          {limits && (
            <Select
              label="Limits"
              hint={
                limits.shared
                  ? 'It shares the limits of this tier with other tenants.'
                  : 'Requests above the limit get 429.'
              }
              choices={tiers.map(({ name, rate }) => ({ value: name, label: `${name}: ${rate} requests/s` }))}
              value={limits.tier}
              onValue={(tier) => limiting.run(tier as Tier)}
            />
          )}
          {limiting.error && <ErrorNotice error={limiting.error} />}
          <Facts
            facts={[
              ['Profile', `${profileNames[settings.profile]} (cannot be changed)`],
              ['Id', <code key="id">{settings.id}</code>],
              ['Created', dateOf(Date.parse(settings.created))],
            ]}
          />
        </div>
      </Panel>
    </Section>
  );
}

function Provisioning({ tenant, settings, reload }: TenantProps) {
  const { paused, enabled, brake, localChanges, recordUntil } = settings;
  return (
    <Section title="Provisioning">
      <Panel flush>
        <Switch
          title="Pause"
          action={paused ? 'Resume' : 'Pause'}
          act={() => call('settings.setPaused', { tenant, paused: !paused })}
          onDone={reload}
        >
          {paused
            ? 'Every request gets 503.'
            : 'Every request gets 503 until you resume, so that identity providers try again later. Nothing is lost.'}
        </Switch>
        <Switch
          title="Brake"
          action={brake.on ? 'Turn off' : 'Turn on'}
          act={() => call('settings.setBrake', { tenant, on: !brake.on })}
          onDone={reload}
        >
          {brake.on
            ? `It is on: it holds changes that would disable or delete unusually many users.${brake.releasedUntil ? ` It lets everything through until ${absoluteTime(Date.parse(brake.releasedUntil))}.` : ''}`
            : 'It is off. Turned on, it holds changes that would disable or delete unusually many users.'}
        </Switch>
        {brake.on && (
          <div class="setting">
            <div class="setting-text">
              <h3>Release</h3>
              <p class="hint">
                For a planned change, or when the brake holds what is meant: nothing is held for some hours.
              </p>
            </div>
            <Button onClick={() => changeQuery({ dialog: 'release' }, { replace: false })}>Release…</Button>
          </div>
        )}
        <Switch
          title="Changes by operators"
          action={localChanges ? 'Forbid' : 'Allow'}
          act={() => call('settings.setLocalChanges', { tenant, allowed: !localChanges })}
          onDone={reload}
        >
          {localChanges
            ? 'Operators may disable, restore and erase users and groups.'
            : 'Only the identity provider changes users and groups.'}
        </Switch>
        <Switch
          title="Record bodies"
          action={recordUntil ? 'Stop' : 'Record for 2 hours'}
          act={() => call('activity.record', { tenant, hours: recordUntil ? 0 : 2 })}
          onDone={reload}
        >
          {recordUntil
            ? `The bodies of requests and answers are recorded until ${absoluteTime(Date.parse(recordUntil))}, and kept for 7 days.`
            : 'Activity then shows what the identity provider sent and what it was answered. They hold personal data.'}
        </Switch>
        <Switch
          title={enabled ? 'Disable' : 'Disabled'}
          action={enabled ? 'Disable' : 'Enable'}
          act={() => call('settings.setEnabled', { tenant, enabled: !enabled })}
          onDone={reload}
          {...(enabled && { ask: { title: `Disable ${settings.label}?`, confirm: 'Disable tenant' } })}
        >
          {enabled
            ? 'Every request gets 401, after which identity providers give up: an administrator has to connect again. To stop for a while, pause instead.'
            : 'Every request gets 401.'}
        </Switch>
      </Panel>
    </Section>
  );
}
