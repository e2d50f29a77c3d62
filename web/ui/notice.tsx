import type { ComponentChildren } from 'preact';
import type { Tone } from './badge';
import { Button } from './button';
import { CallError } from './call';
import { Icon, type IconName } from './icon';

const icons: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  warning: 'alert',
  bad: 'alert',
  neutral: 'info',
  accent: 'info',
};

interface NoticeProps {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children?: ComponentChildren;
  /** Buttons or links that help. */
  readonly actions?: ComponentChildren;
  /** Whether it appears in answer to what the person did: then it is read out at once. */
  readonly alert?: boolean;
}

/** A message that stays on the page. */
export function Notice({ tone = 'neutral', title, children, actions, alert }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role={alert ? 'alert' : undefined}>
      <Icon name={icons[tone]} />
      <div class="notice-body">
        {title && <p class="notice-title">{title}</p>}
        {children && <div class="notice-text">{children}</div>}
      </div>
      {actions && <div class="notice-actions">{actions}</div>}
    </div>
  );
}

/** An error with what to do about it, and a button that tries again where that can help. */
export function ErrorNotice({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  const remedy = error instanceof CallError ? error.remedy : undefined;
  return (
    <Notice tone="bad" title={error.message} alert actions={retry && <Button onClick={retry}>Try again</Button>}>
      {remedy}
    </Notice>
  );
}

/** What stands where a list would be if it has nothing: what is missing, and how it comes. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly action?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children && <p class="empty-text">{children}</p>}
      {action}
    </div>
  );
}

/** Stands where something will be, while it is read for the first time. */
export function Skeleton({ lines = 3, label = 'Loading' }: { readonly lines?: number; readonly label?: string }) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="skeleton-line" />
      ))}
    </div>
  );
}
