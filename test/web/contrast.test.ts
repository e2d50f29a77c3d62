import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { accentOf, contrast, parseColour } from '../../web/ui/contrast';

const tokens = readFileSync(join(__dirname, '../../web/ui/styles/tokens.css'), 'utf8');
const themes = ['light', 'dark'] as const;

/** The colour of a token in each theme. */
function token(name: string) {
  const [, light = '', dark = ''] = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens) ?? [];
  return { light: rgb(light), dark: rgb(dark) };
}

function rgb(text: string) {
  const colour = parseColour(text);
  if (!colour) throw new Error(`${text} is no colour`);
  return colour;
}

const backgrounds = ['canvas', 'surface', 'subtle', 'hover', 'good-wash', 'warning-wash', 'bad-wash'].map(token);

test('the accent of any brand is readable on every background, and so is text on it', () => {
  const part = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(part, part, part), (parts) => {
      const accent = accentOf(`#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`);
      for (const theme of themes) {
        const { accent: colour = '', onAccent = '' } = accent?.[theme] ?? {};
        for (const background of backgrounds) {
          expect(contrast(rgb(colour), background[theme])).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrast(rgb(colour), rgb(onAccent))).toBeGreaterThanOrEqual(4.5);
      }
    }),
  );
});

test('a colour that is readable in a theme is taken as it is', () => {
  expect(accentOf('#2a5bd0')?.light.accent).toBe('#2a5bd0');
  expect(accentOf('#ff0')?.dark.accent).toBe('#ffff00');
});

test.each(['', 'red', '#12', '#12345', 'url(x)', '#00000g'])('%j is no colour', (text) => {
  expect(accentOf(text)).toBeUndefined();
});

test.each(['text', 'text-quiet', 'good', 'warning', 'bad'])('%s is readable on the backgrounds of pages', (name) => {
  const text = token(name);
  for (const background of backgrounds.slice(0, 4)) {
    for (const theme of themes) expect(contrast(text[theme], background[theme])).toBeGreaterThanOrEqual(4.5);
  }
});

test('borders of controls have a contrast of 3', () => {
  const border = token('border-strong');
  const surface = token('surface');
  for (const theme of themes) expect(contrast(border[theme], surface[theme])).toBeGreaterThanOrEqual(3);
});
