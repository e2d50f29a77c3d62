import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Done } from '../../api/console/call';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { ErrorNotice } from '../../ui/notice';
import { useAction } from '../../ui/use-call';

interface SwitchProps {
  readonly title: string;
  readonly action: string;
  readonly act: () => Promise<Done>;
  readonly onDone: () => void;
  /** What is asked before, if it does harm. The question has the text of the setting. */
  readonly ask?: { readonly title: string; readonly confirm: string };
  readonly children: ComponentChildren;
}

/** A setting: what it is, and the button that changes it. */
export function Switch({ title, action, act, onDone, ask, children }: SwitchProps) {
  const [asking, setAsking] = useState(false);
  const acting = useAction(async () => {
    const { notes } = await act();
    setAsking(false);
    announce(notes.join(' ') || `${title}: done.`);
    onDone();
  });
  return (
    <div class="setting">
      <div class="setting-text">
        <h3>{title}</h3>
        <p class="hint">{children}</p>
        {acting.error && !asking && <ErrorNotice error={acting.error} />}
      </div>
      <Button busy={acting.running} label={`${title}: ${action}`} onClick={ask ? () => setAsking(true) : acting.run}>
        {ask ? `${action}…` : action}
      </Button>
      {ask && asking && (
        <ConfirmDialog
          {...ask}
          danger
          busy={acting.running}
          error={acting.error}
          onConfirm={acting.run}
          onClose={() => setAsking(false)}
        >
          <p>{children}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
