import type { ComponentChildren } from 'preact';

/** Names with their values, in two columns; one below the other on narrow screens. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name} class="fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A number that matters, with its name below. */
export function Figure({
  name,
  value,
  href,
  tone,
}: {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly href?: string;
  readonly tone?: 'bad' | 'warning' | undefined;
}) {
  const content = (
    <>
      <span class="figure-name">{name}</span>
      <span class={`figure-value${tone ? ` figure-${tone}` : ''}`}>{value}</span>
    </>
  );
  return href ? (
    <a class="figure" href={href}>
      {content}
    </a>
  ) : (
    <div class="figure">{content}</div>
  );
}
