import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon';

type Kind = 'primary' | 'plain' | 'danger' | 'quiet';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly kind?: Kind;
  readonly icon?: IconName;
  /** Whether its action runs: it says so to screen readers and cannot be pressed again. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly type?: 'button' | 'submit';
  readonly onClick?: () => void;
  /** Whether it opens or closes something below it, and whether that is open. */
  readonly expanded?: boolean;
  /** Whether what it switches is on. */
  readonly pressed?: boolean;
  readonly label?: string;
}

/** A button. One that is busy keeps the focus, so it is not `disabled` while it runs. */
export function Button({ children, kind = 'plain', icon, busy, type = 'button', onClick, ...rest }: ButtonProps) {
  const { disabled, expanded, pressed, label } = rest;
  return (
    <button
      type={type}
      class={`button button-${kind}`}
      disabled={disabled}
      aria-disabled={busy}
      aria-busy={busy}
      aria-expanded={expanded}
      aria-pressed={pressed}
      aria-label={label}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.();
      }}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface LinkButtonProps {
  readonly href: string;
  readonly children: ComponentChildren;
  readonly kind?: Kind;
  readonly icon?: IconName;
}

/** A link that looks like a button: it leads to another place and changes nothing. */
export function LinkButton({ href, children, kind = 'plain', icon }: LinkButtonProps) {
  return (
    <a class={`button button-${kind}`} href={href}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}
