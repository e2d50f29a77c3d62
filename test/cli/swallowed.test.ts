import { Command } from 'commander';
import { findSwallowed } from '../../cli/swallowed';
import { admin } from './admin';

const program = new Command('x').addCommand(
  new Command('list')
    .option('--json')
    .option('--stack <name>')
    .option('--no-wait')
    .option('--yes')
    .option('--token-label <l>'),
);
const through = (script: string, kept: Readonly<Record<string, string>>) => ({ npm_lifecycle_event: script, ...kept });

test.each([
  [['list'], { npm_config_json: 'true' }, 'list --json'],
  [['list', 'My Stack'], { npm_config_stack: 'true' }, "list 'My Stack' --stack"],
  [['list'], { npm_config_stack: 'Staging' }, 'list --stack Staging'],
  [['list'], { npm_config_token_label: "it's", npm_config_wait: '' }, "list --no-wait --token-label 'it'\\''s'"],
])('%j with %j: npm kept an option, and the message says what to type', (args, kept, typed) => {
  const message = findSwallowed(program, args, through('admin', kept));
  expect(message).toContain(`\n  npx scim-admin ${typed}\n  npm run admin -- ${typed}\n`);
});

test.each([
  ['npm was not asked to run it', ['list'], through('npx', { npm_config_json: 'true' })],
  ['the option is on the command line too', ['list', '--json'], through('admin', { npm_config_json: 'true' })],
  ['a CI sets --yes for npm', ['list'], through('admin', { npm_config_yes: 'true' })],
  ['npm has an option that we do not have', ['list'], through('admin', { npm_config_local_prefix: '/' })],
])('nothing is said when %s', (_, args, environment) => {
  expect(findSwallowed(program, args, environment)).toBeUndefined();
});

test('a command whose options npm kept does nothing and is a usage error', async () => {
  const environment = through('admin', { npm_config_json: 'true' });
  const { code, out, err } = await admin(['tenant', 'create', 'acme'], { environment });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('npm took --json for itself, so nothing was done.');
});
