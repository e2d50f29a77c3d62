import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { changeQuery, useLocation } from '../../ui/location';
import { ErrorNotice, Notice } from '../../ui/notice';
import { useAction } from '../../ui/use-call';
import { call } from '../api';
import type { TenantProps } from '../props';
import { ReleaseDialog } from './release-dialog';

/** Says what keeps changes from the directory (the brake, a pause, a disabled tenant), with the button that ends it. */
export function Held(props: TenantProps) {
  const { tenant, settings, reload } = props;
  const { query } = useLocation();
  const acting = useAction(async (act: () => Promise<{ readonly notes: readonly string[] }>) => {
    const { notes } = await act();
    announce(notes.join(' ') || 'Done.');
    reload();
  });
  const button = (label: string, act: () => Promise<{ readonly notes: readonly string[] }>) => (
    <Button busy={acting.running} onClick={() => acting.run(act)}>
      {label}
    </Button>
  );
  const { brake, paused, enabled } = settings;
  return (
    <div class="held">
      {acting.error && <ErrorNotice error={acting.error} />}
      {!enabled && (
        <Notice
          tone="bad"
          title="This tenant is disabled."
          actions={button('Enable', () => call('settings.setEnabled', { tenant, enabled: true }))}
        >
          Every request gets 401, after which identity providers give up.
        </Notice>
      )}
      {paused && (
        <Notice
          tone="warning"
          title="This tenant is paused."
          actions={button('Resume', () => call('settings.setPaused', { tenant, paused: false }))}
        >
          Every request gets 503, so that identity providers try again later.
        </Notice>
      )}
      {brake.holds.map(({ what, sentence }) => (
        <Notice
          key={what}
          tone="warning"
          title="The brake holds changes."
          actions={<Button onClick={() => changeQuery({ dialog: 'release' }, { replace: false })}>Release…</Button>}
        >
          {sentence} Ask the customer whether this is meant. If it is, release: the identity provider sends these
          changes again by itself.
        </Notice>
      ))}
      {query.dialog === 'release' && brake.on && <ReleaseDialog {...props} />}
    </div>
  );
}
