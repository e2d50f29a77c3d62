import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { ScimStack, type ScimStackProps } from '../../lib/scim-stack';
import { readSettings } from '../../lib/settings';
import mistakes from './portal-mistakes.json';
import { resource, resources, synthesize } from './synthesize';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, contents: string | Buffer): string {
  writeFileSync(join(folder, name), contents);
  return join(folder, name);
}

/** What the function of the portal reads beside its bundle. */
function settingsOf(props: ScimStackProps): unknown {
  const app = new App({ context, outdir: join(folder, 'out') });
  const stack = new ScimStack(app, 'Test', { portal: true, ...props });
  const asset = resource(Template.fromStack(stack), 'AWS::Lambda::Function', 'RequestsPortalFunction');
  const { S3Key } = asset.Properties.Code as { S3Key: string };
  return JSON.parse(readFileSync(join(app.outdir, `asset.${S3Key.replace('.zip', '')}`, 'settings.json'), 'utf8'));
}

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('the rest')]);
const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';

test('without the property there is nothing of the portal, and its functions are the only difference', () => {
  const [without, off, on] = [synthesize(), synthesize({ portal: false }), synthesize({ portal: true })];
  expect(off.toJSON()).toEqual(without.toJSON());
  expect(JSON.stringify(without.toJSON())).not.toMatch(/portal/i);
  const named = (template: Template, type: string) => [...resources(template, type).keys()];
  for (const type of ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::Logs::LogGroup']) {
    const added = named(on, type).filter((id) => !named(without, type).includes(id));
    expect(added).toHaveLength(1);
    expect(added[0]).toMatch(/^RequestsPortal/);
  }
  for (const [id, { Properties }] of resources(without, 'AWS::IAM::Policy')) {
    expect(resource(on, 'AWS::IAM::Policy', id).Properties).toEqual(Properties);
  }
});

test('the outputs say where the portal is, and where it may lead back to', () => {
  const template = synthesize({ portal: true, portalReturnUrls: ['https://app.example.com/settings'] });
  const outputs = template.findOutputs('*');
  expect(JSON.stringify(outputs.PortalUrl?.Value)).toMatch(/\/portal"/);
  expect(outputs.PortalReturnUrls?.Value).toBe('https://app.example.com/settings');
  expect(synthesize({ portal: true }).findOutputs('PortalReturnUrls')).toEqual({});
});

test('the function reads brand and addresses from a file beside its bundle, since a logo is too large for a variable', () => {
  expect(settingsOf({})).toEqual({
    brand: { productName: 'this application', operatorName: 'its operator' },
    returnUrls: [],
  });
  const settings = {
    portalProductName: 'Ledger',
    portalOperatorName: 'Ledger Ltd',
    portalLogo: file('logo.png', png),
    portalAccentColour: '#2A5BD0',
    portalSupport: 'help@example.com',
    portalReturnUrls: ['https://app.example.com/settings'],
  };
  expect(settingsOf(settings)).toEqual({
    brand: {
      productName: 'Ledger',
      operatorName: 'Ledger Ltd',
      logo: `data:image/png;base64,${png.toString('base64')}`,
      accentColour: '#2a5bd0',
      supportUrl: 'mailto:help@example.com',
    },
    returnUrls: ['https://app.example.com/settings'],
  });
  expect(settingsOf({ portalLogo: file('logo.svg', svg), portalSupport: 'https://help.example.com' })).toMatchObject({
    brand: {
      logo: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
      supportUrl: 'https://help.example.com',
    },
  });
});

test('the settings of the app are read as the properties are', () => {
  const settings = readSettings({ portal: 'true', portalProductName: 'Ledger', portalReturnUrls: 'https://a.example' });
  expect(settings).toEqual({ portal: true, portalProductName: 'Ledger', portalReturnUrls: ['https://a.example'] });
});

test.each(mistakes)('$name is refused', ({ props, says }) => {
  file('large.png', Buffer.concat([png, Buffer.alloc(50 * 1024)]));
  file('text.png', 'not an image');
  file('text.svg', 'not an image');
  const { portalLogo, ...rest } = props as { readonly portalLogo?: string };
  const given = portalLogo === undefined ? rest : { ...rest, portalLogo: join(folder, portalLogo) };
  expect(() => synthesize({ portal: true, ...given })).toThrow(says);
});

test('a property of the portal without the portal is a mistake', () => {
  expect(() => synthesize({ portalLogo: 'logo.png' })).toThrow(
    'portalLogo is set, but portal is not: set portal to true, or leave portalLogo out.',
  );
});
