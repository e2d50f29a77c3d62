import type { ComponentChildren } from 'preact';

interface Tab {
  readonly label: string;
  readonly href: string;
  readonly isCurrent: boolean;
  readonly count?: ComponentChildren;
}

/** Links to the screens of one thing; the present one is marked. They scroll sideways on narrow screens. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {tabs.map(({ label: text, href, isCurrent, count }) => (
          <li key={text}>
            <a href={href} aria-current={isCurrent ? 'page' : undefined}>
              {text}
              {count !== undefined && <span class="tab-count">{count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
