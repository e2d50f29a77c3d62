import { accentOf } from './contrast';

/** Sets the accent colour of the page. A text that is no colour changes nothing: the stylesheet has an accent of its own. */
export function setAccent(colour: string): void {
  const accent = accentOf(colour);
  if (!accent) return;
  const { style } = document.documentElement;
  for (const theme of ['light', 'dark'] as const) {
    style.setProperty(`--accent-${theme}`, accent[theme].accent);
    style.setProperty(`--on-accent-${theme}`, accent[theme].onAccent);
  }
}
