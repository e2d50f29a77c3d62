import type { ComponentChildren } from 'preact';

/** What a status means: fine, needs attention soon, is wrong, or none of these. */
export type Tone = 'good' | 'warning' | 'bad' | 'neutral' | 'accent';

/** A status in a word or two. The words say it, not only the colour. */
export function Badge({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ComponentChildren }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}
