import { execFile } from 'node:child_process';
import { join } from 'node:path';

test('where Python 3.13, the JDK or Maven is missing, the command names it and starts nothing', async () => {
  const command = ['--import', 'tsx', join(__dirname, 'main.ts')];
  const options = { cwd: join(__dirname, '../..'), env: { PATH: '/nonexistent' } };
  const result = await new Promise((done) => {
    const child = execFile(process.execPath, command, options, (_, out, err) =>
      done({ code: child.exitCode, out, err }),
    );
  });
  expect(result).toEqual({
    code: 1,
    out: '',
    err:
      'The test on LocalStack cannot run here. Install Python 3.13 (python3.13), JDK 17 or newer (javac, jar), Maven (mvn), ' +
      'and try again.\n',
  });
});
