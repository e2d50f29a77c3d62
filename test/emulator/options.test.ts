import { help, parseOptions } from '../../emulator/options';
import cases from './options.json';

test.each(cases.read)('$args are read as $options', ({ args, options }) => {
  expect(parseOptions(args)).toEqual(options);
});

test.each(cases.refused)('$args are refused: $message', ({ args, message }) => {
  expect(() => parseOptions(args)).toThrow(message);
});

test('--help is nothing to do, and the help has every option', () => {
  expect(parseOptions(['--help'])).toBeUndefined();
  for (const option of ['--url', '--port', '--profile', '--keep']) expect(help).toContain(option);
});
