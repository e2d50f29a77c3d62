import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ApiRemedy } from '../api/error';
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

/** The address of the screen that a remedy names. The application gives it; without it, remedies have no link. */
export const RemedyLinks = createContext<(to: NonNullable<ApiRemedy['to']>) => string | undefined>(() => undefined);

/** What to do: sentences, a link to the screen where it is done, and the document that says more. */
export function Remedy({ remedy }: { readonly remedy: ApiRemedy }) {
  const hrefOf = useContext(RemedyLinks);
  const href = remedy.to && hrefOf(remedy.to);
  return (
    <span class="remedy">
      {remedy.text}
      {href && (
        <>
          {' '}
          <a href={href}>Open {remedy.to?.screen}</a>
        </>
      )}
      {remedy.docs && (
        <>
          {' '}
          <span class="quiet">
            See <code>{remedy.docs}</code>.
          </span>
        </>
      )}
    </span>
  );
}

/** An error with what to do about it, and a button that tries again where that can help. */
export function ErrorNotice({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  const remedy = error instanceof CallError ? error.remedy : undefined;
  return (
    <Notice tone="bad" title={error.message} alert actions={retry && <Button onClick={retry}>Try again</Button>}>
      {remedy && <Remedy remedy={remedy} />}
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

/** What to know after something was done. */
export function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <Notice>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </Notice>
  );
}
