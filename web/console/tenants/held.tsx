import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { ErrorNotice, Notice } from '../../ui/notice';
import { useAction } from '../../ui/use-call';
import { call } from '../api';
import type { TenantProps } from '../props';

/** Says what keeps changes from the directory (the brake, a pause, a disabled tenant), with the button that ends it. */
export function Held({ tenant, settings, reload }: TenantProps) {
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
          actions={button('Let through for an hour', () => call('settings.release', { tenant, hours: 1 }))}
        >
          {sentence} Ask the customer whether this is meant. If it is, let it through: for an hour, nothing is held, and
          the identity provider sends these changes again by itself.
        </Notice>
      ))}
    </div>
  );
}
