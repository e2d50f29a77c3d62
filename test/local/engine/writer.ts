import { openThings, thing } from './things';

/**
 * Writes pairs of items to the folder given, 20 transactions at a time, and prints the number of each pair that was
 * acknowledged, until it is killed.
 */
async function writePairs(path: string): Promise<void> {
  const things = await openThings({ path });
  // No record is handled, so all of them must be found after the restart.
  things.engine.subscribe('things', () => new Promise(() => {}));
  let next = 0;
  const write = async () => {
    for (;;) {
      const number = String(next++).padStart(6, '0');
      const Put = (side: string) => ({ Put: { TableName: 'things', Item: thing(side, number) } });
      await things.call('TransactWriteItems', { TransactItems: [Put('left'), Put('right')] });
      process.stdout.write(`${number}\n`);
    }
  };
  await Promise.all(Array.from({ length: 20 }, write));
}

writePairs(process.argv[2] ?? '');
