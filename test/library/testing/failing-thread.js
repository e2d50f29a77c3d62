const { parentPort, workerData } = require('node:worker_threads');

/** A thread that fails where it is told to. */
const failures = {
  'at once': () => {
    throw new Error('the disk is full');
  },
  'without a word': () => process.exit(3),
  later: () => {
    parentPort.postMessage({ kind: 'started', tenant: {}, facts: {} });
    parentPort.once('message', () => {
      throw new Error('the disk is full');
    });
  },
};

failures[workerData.fail]();
