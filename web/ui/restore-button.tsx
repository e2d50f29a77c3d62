import { Button } from './button';

interface RestoreProps {
  readonly name: string;
  /** Why it cannot be restored at the moment, or at all. */
  readonly obstacle: string | undefined;
  readonly busy: boolean;
  readonly onRestore: () => void;
}

/** Restores something that was deleted; while that is not possible, it says why. */
export function RestoreButton({ name, obstacle, busy, onRestore }: RestoreProps) {
  return (
    <>
      <Button busy={busy} disabled={obstacle !== undefined} label={`Restore ${name}`} onClick={onRestore}>
        Restore
      </Button>
      {obstacle && <span class="sub">{obstacle}</span>}
    </>
  );
}

/** What stands in the way for about a minute after a deletion. */
export const sweeping = 'Within a minute, when the deletion is complete.';
