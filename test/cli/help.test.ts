import stringWidth from 'string-width';
import { admin } from './admin';

/** The commands that a help text lists. */
function commandsIn(help: string): readonly string[] {
  const [, list = ''] = help.split(/^Commands:$/m);
  const [commands = ''] = list.split('\n\n');
  return [...commands.matchAll(/^ {2}([a-z]\S*)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
}

async function helpOf(command: readonly string[]): Promise<readonly (readonly [string, string])[]> {
  const { out } = await admin([...command, '--help']);
  const below = await Promise.all(commandsIn(out).map((name) => helpOf([...command, name])));
  return [[command.join(' '), out], ...below.flat()];
}

let texts: readonly (readonly [string, string])[];

beforeAll(async () => {
  texts = await helpOf([]);
});

test('the help of every command fits a terminal of 80 columns', () => {
  const wide = texts.flatMap(([command, help]) =>
    help.split('\n').flatMap((line) => (stringWidth(line) > 80 ? [`${command}: ${line}`] : [])),
  );
  expect(wide).toEqual([]);
});

test('the commands of commands have a help text, too', () => {
  const commands = texts.map(([command]) => command);
  expect(commands).toEqual(expect.arrayContaining(['tenant health', 'client trust add', 'activity record']));
});
