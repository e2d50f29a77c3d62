import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFromEnvironment } from '../../lambda/portal/brand';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-brand-'));
});
afterEach(() => {
  delete process.env.PORTAL_SETTINGS;
});
afterAll(() => rmSync(folder, { recursive: true }));

function settings(text: string) {
  const file = join(folder, 'portal.json');
  writeFileSync(file, text);
  process.env.PORTAL_SETTINGS = file;
  return settingsFromEnvironment();
}

test('the settings that docs/portal.md shows are those that the page gets', () => {
  const [, shown = ''] = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/portal.md', 'utf8')) ?? [];
  expect(settings(shown)).toEqual({
    brand: {
      productName: 'Ledger',
      operatorName: 'Ledger Ltd',
      accentColour: '#0f766e',
      supportUrl: 'mailto:help@ledger.example',
    },
    returnUrls: [],
  });
});

test('names that are missing are as without settings', () => {
  const { brand } = settings('{ "brand": { "productName": "Ledger" } }');
  expect(brand).toEqual({ productName: 'Ledger', operatorName: 'its operator' });
  expect(settings('{}').brand.productName).toBe('this application');
});

test('settings that cannot be read are refused with the page that shows them', () => {
  expect(() => settings('{ brand: 1 }')).toThrow(
    /^The settings of the portal cannot be read .* docs\/portal\.md shows\.$/,
  );
});
