import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Announcements } from './announce';
import { Icon } from './icon';

interface ShellProps {
  /** What stands at the left of the bar: whose page this is. */
  readonly brand: ComponentChildren;
  /** What stands at its right. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly footer?: ComponentChildren;
  /** Pages of text are narrower than pages of tables. */
  readonly narrow?: boolean;
}

/** The frame of every page: a bar, the content, a footer, and where announcements appear. */
export function Shell({ brand, aside, children, footer, narrow }: ShellProps) {
  return (
    <div class={`shell${narrow ? ' shell-narrow' : ''}`}>
      <button type="button" class="skip-link" onClick={skip}>
        Skip to the content
      </button>
      <header class="bar">
        <div class="bar-inner">
          <div class="brand">{brand}</div>
          {aside && <div class="bar-aside">{aside}</div>}
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {footer && <footer class="footer">{footer}</footer>}
      <Announcements />
    </div>
  );
}

/** A link to `#main` would leave the screen, because the fragment is the place in the application. */
function skip(): void {
  document.getElementById('main')?.focus();
}

interface ScreenProps {
  /** The heading; with `of`, also the title of the window. */
  readonly title: string;
  /** What follows in the title of the window, such as the product. */
  readonly of?: string;
  readonly back?: { readonly href: string; readonly label: string };
  readonly badge?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** One screen: its title, which is also the window's and gets the focus when the screen opens, its actions, its content. */
export function Screen({ title, of, back, badge, actions, lead, children }: ScreenProps) {
  const heading = useScreenTitle(title, of);
  return (
    <>
      <header class="screen-header">
        {back && (
          <a class="back" href={back.href}>
            <Icon name="back" />
            {back.label}
          </a>
        )}
        <div class="screen-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {badge}
          {actions && <div class="screen-actions">{actions}</div>}
        </div>
        {lead && <p class="lead">{lead}</p>}
      </header>
      {children}
    </>
  );
}

let isFirstScreen = true;

/**
 * Sets the title of the window, and moves the focus to the heading when another screen opens (not when the page loads):
 * in one step with the screen, so that nobody sees or hears a screen under the title of the one before.
 */
function useScreenTitle(title: string, of?: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    document.title = of ? `${title} · ${of}` : title;
  }, [title, of]);
  useLayoutEffect(() => {
    if (!isFirstScreen) heading.current?.focus({ preventScroll: true });
    isFirstScreen = false;
  }, []);
  return heading;
}

/** A part of a screen with a heading. */
export function Section({
  title,
  actions,
  children,
  lead,
}: {
  readonly title: string;
  readonly actions?: ComponentChildren;
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="section">
      <header class="section-header">
        <h2>{title}</h2>
        {actions && <div class="section-actions">{actions}</div>}
      </header>
      {lead && <p class="section-lead">{lead}</p>}
      {children}
    </section>
  );
}

/** A box around what belongs together. */
export function Panel({ children, flush }: { readonly children: ComponentChildren; readonly flush?: boolean }) {
  return <div class={`panel${flush ? ' panel-flush' : ''}`}>{children}</div>;
}
