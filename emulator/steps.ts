import type { Writable } from 'node:stream';

/** Runs a step and shows it: what it does, how far it is, and how long it took. */
export type Step = <T>(title: string, work: (reached: (text: string) => void) => Promise<T> | T) => Promise<T>;

/** Shows steps on a terminal by rewriting a line, elsewhere by one line at the start and one at the end. */
export function showSteps(output: Writable & { readonly isTTY?: boolean }, clock: () => number = Date.now): Step {
  const live = output.isTTY === true;
  const rewrite = (text: string) => output.write(`\r\u001b[K${text}`);
  return async (title, work) => {
    const start = clock();
    let text = '';
    const seconds = () => `${Math.round((clock() - start) / 1000)} s`;
    const draw = () => rewrite(`${title} … ${text}${text && ', '}${seconds()}`);
    const timer = live ? setInterval(draw, 1000) : undefined;
    if (live) draw();
    else output.write(`${title} …\n`);
    try {
      const result = await work((reached) => {
        text = reached;
        if (live) draw();
      });
      const line = `${title}: done after ${seconds()}\n`;
      if (live) rewrite(line);
      else output.write(line);
      return result;
    } catch (error) {
      if (live) output.write('\n');
      throw error;
    } finally {
      clearInterval(timer);
    }
  };
}
