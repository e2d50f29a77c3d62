import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from './button';
import { ErrorNotice } from './notice';

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Called by Escape, the close button, and a click beside it. */
  readonly onClose: () => void;
  /** Buttons, the main one last. */
  readonly footer?: ComponentChildren;
  /** Called when its form is submitted, by Enter or a button of type submit. */
  readonly onSubmit?: () => void;
}

/** A modal dialog, open as long as it is rendered. Browsers keep the focus in it, and give it back when it closes. */
export function Dialog({ title, children, onClose, footer, onSubmit }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the dialog leaves the page: afterwards, the focus is lost.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const dialog = element.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('.dialog-body :is(input, select, button)')?.focus();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, and the close button.
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit?.();
        }}
      >
        <div class="dialog-header">
          <h2 id={titleId}>{title}</h2>
          <Button kind="quiet" icon="close" label="Close" onClick={onClose}>
            {null}
          </Button>
        </div>
        <div class="dialog-body">{children}</div>
        {footer && <div class="dialog-footer">{footer}</div>}
      </form>
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** What the button says that does it, such as `Delete tenant`. */
  readonly confirm: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly busy: boolean;
  readonly error?: Error | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is done that cannot simply be undone. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  danger,
  disabled,
  busy,
  error,
  onConfirm,
  onClose,
}: ConfirmProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => !busy && !disabled && onConfirm()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind={danger ? 'danger' : 'primary'} type="submit" busy={busy} disabled={disabled ?? false}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      {error && <ErrorNotice error={error} />}
    </Dialog>
  );
}
