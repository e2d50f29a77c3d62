const interval = 15_000;

/** A reporter of jest: says from time to time how far the tests are, also where the output is no terminal. */
module.exports = class TestProgress {
  onRunStart({ numTotalTestSuites: total }) {
    const start = Date.now();
    this.done = 0;
    this.timer = setInterval(() => {
      const seconds = Math.round((Date.now() - start) / 1000);
      process.stderr.write(`progress: ${this.done} of ${total} test files after ${seconds} s\n`);
    }, interval);
  }

  onTestFileResult() {
    this.done += 1;
  }

  onRunComplete() {
    clearInterval(this.timer);
  }
};
