type Rgb = readonly [number, number, number];

/** Of the backgrounds that the stylesheet has, the one with the least contrast to an accent, and the one that is tinted. */
const backgrounds = {
  light: { worst: '#fdecec', surface: '#ffffff' },
  dark: { worst: '#22272e', surface: '#14171b' },
} as const;

/** A theme's accent, readable as text on the theme's backgrounds, and the colour of text on the accent. */
export interface Accent {
  readonly accent: string;
  readonly onAccent: string;
}

/** Reads `#rgb` or `#rrggbb`; undefined for anything else. */
export function parseColour(text: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (!hex) return undefined;
  const digits = hex.length === 3 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0] = digits.map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
}

/** The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: Rgb, other: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/**
 * The accent of a brand for both themes: the colour itself where it has a contrast of 4.5 with the backgrounds, otherwise
 * the nearest darker or lighter tone that has. Undefined if the text is no colour.
 */
export function accentOf(colour: string): { readonly light: Accent; readonly dark: Accent } | undefined {
  const rgb = parseColour(colour);
  if (!rgb) return undefined;
  return { light: themed(rgb, backgrounds.light, black), dark: themed(rgb, backgrounds.dark, white) };
}

const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

interface Backgrounds {
  readonly worst: string;
  readonly surface: string;
}

function themed(colour: Rgb, on: Backgrounds, towards: Rgb): Accent {
  const [worst, surface] = [on.worst, on.surface].map((text) => parseColour(text) ?? towards) as [Rgb, Rgb];
  const isReadable = (tone: Rgb) => Math.min(contrast(tone, worst), contrast(tone, mix(surface, tone, 0.1))) >= 4.5;
  const steps = Array.from({ length: 51 }, (_, step) => mix(colour, towards, step / 50));
  const accent = steps.find(isReadable) ?? towards;
  return {
    accent: format(accent),
    onAccent: contrast(accent, white) >= contrast(accent, black) ? '#ffffff' : '#000000',
  };
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [part(0), part(1), part(2)];
}

function format(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => linear(part / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
