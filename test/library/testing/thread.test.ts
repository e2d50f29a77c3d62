import { resolve } from 'node:path';
import { startThread } from '../../../library/testing/thread';

const file = resolve(__dirname, 'failing-thread.js');
const start = (fail: string) => startThread(file, { fail }, () => undefined);

const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
beforeEach(() => warned.mockClear());

const cause = expect.objectContaining({ message: 'the disk is full' });

test('a thread that cannot start says why', async () => {
  await expect(start('at once')).rejects.toMatchObject({
    code: 'Refused',
    message: 'The local endpoint cannot start: the disk is full',
    cause,
  });
  await expect(start('without a word')).rejects.toMatchObject({
    code: 'Refused',
    message: 'The local endpoint cannot start: its thread ended with exit code 3',
  });
});

test('the cause of a crash reaches whoever waits, whoever asks later, and the warnings of the process', async () => {
  const thread = await start('later');
  const crash = { code: 'Refused', message: 'The local endpoint ended by itself: the disk is full', cause };
  await expect(thread.settle()).rejects.toMatchObject(crash);
  await expect(thread.settle()).rejects.toMatchObject(crash);
  await thread.stop();
  expect(warned.mock.calls).toEqual([[crash.message]]);
});

test('a thread that was stopped is no crash', async () => {
  const thread = await start('later');
  await Promise.all([thread.stop(), thread.stop()]);
  await expect(thread.settle()).rejects.toThrow(/was stopped/);
  expect(warned).not.toHaveBeenCalled();
});
