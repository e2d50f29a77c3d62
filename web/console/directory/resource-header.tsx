import { useState } from 'preact/hooks';
import type { Resource as Found } from '../../api/console/directory';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { changeQuery, useLocation } from '../../ui/location';
import { ErrorNotice, Notes } from '../../ui/notice';
import { useAction } from '../../ui/use-call';
import { call } from '../api';
import { tenantPlace } from '../places';
import type { TenantProps } from '../props';
import { ActiveBadge } from '../states';
import { EraseDialog } from './erase-dialog';

interface HeaderProps {
  readonly tenant: string;
  readonly resource: Found;
  readonly settings: TenantProps['settings'];
  readonly onChanged: () => void;
}

/** The name of a user or group, whether it is enabled, and what an operator can do with it. */
export function ResourceHeader({ tenant, resource, settings, onChanged }: HeaderProps) {
  const { id, type, name, displayName, active = true } = resource;
  const { localChanges: mayChange, brake } = settings;
  const { query } = useLocation();
  const [notes, setNotes] = useState<readonly string[]>([]);
  const switching = useAction(async () => {
    const done = await call('users.setActive', { tenant, id, active: !active });
    announce(`${name} is ${active ? 'disabled' : 'enabled'}.`);
    setNotes(done.notes);
    onChanged();
  });
  const releasing = useAction(async () => {
    const done = await call('settings.releaseUser', { tenant, user: id });
    announce(done.notes.join(' ') || `${name} is released.`);
  });
  return (
    <header class="resource-header">
      <div class="screen-title">
        <h2>{displayName ?? name}</h2>
        {type === 'User' && <ActiveBadge active={active} />}
        <div class="screen-actions">
          {type === 'User' && brake.holds.length > 0 && (
            <Button busy={releasing.running} onClick={releasing.run}>
              Release this user
            </Button>
          )}
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
      {releasing.error && <ErrorNotice error={releasing.error} />}
      <Notes notes={notes} />
      {query.dialog === 'erase' && <EraseDialog tenant={tenant} type={type} id={id} />}
    </header>
  );
}
