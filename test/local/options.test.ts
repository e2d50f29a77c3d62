import { resolve } from 'node:path';
import { help, parseOptions } from '../../local/options';

const extensions = resolve(__dirname, '../../extensions');

describe('the command line', () => {
  const accepted: [args: string[], options: object | undefined][] = [
    [[], { port: 7644, data: '.scim', reset: false, extensions, console: true }],
    [
      ['--port', '0', '--data', 'x', '--profile', 'standard'],
      { port: 0, data: 'x', profile: 'standard', reset: false, extensions, console: true },
    ],
    [['--port=8080', '--reset'], { port: 8080, data: '.scim', reset: true, extensions, console: true }],
    [['--memory', '--extensions', 'x'], { port: 7644, memory: true, extensions: 'x', console: true }],
    [
      ['--profile', 'aws-scim-clients'],
      { port: 7644, data: '.scim', profile: 'aws-scim-clients', reset: false, extensions, console: true },
    ],
    [['--memory', '--no-console'], { port: 7644, memory: true, extensions }],
    [['--help', '--memory'], undefined],
  ];

  it.each(accepted)('%j is taken', (args, options) => {
    expect(parseOptions(args)).toEqual(options);
  });

  const refused: [args: string[], words: string][] = [
    [['1234'], "Unexpected argument '1234'"],
    [['-x'], "Unknown option '-x'"],
    [['--port'], 'argument missing'],
    [['--reset=yes'], "Option '--reset' does not take an argument"],
    [['--port', '70000'], '--port must be a number from 0 to 65535, not "70000"'],
    [['--port', '-1'], '--port'],
    [['--port', '1e3'], 'not "1e3"'],
    [['--profile', '__proto__'], 'identity-center, standard, aws-scim-clients, not "__proto__"'],
    [['--memory', '--data', 'x'], '--memory stores no data'],
    [['--memory', '--reset'], '--memory stores no data'],
  ];

  it.each(refused)('%j is refused in one line', (args, words) => {
    expect(() => parseOptions(args)).toThrow(words);
    expect(() => parseOptions(args)).toThrow(/^[^\n]+$/);
  });

  it('is explained, the port that it takes by itself included', () => {
    expect(help).toContain('7644');
  });
});
