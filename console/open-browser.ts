import { spawn } from 'node:child_process';

/** The program of each system that opens an address in the browser, and its first arguments. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [program: string, ...first: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Opens an address in the browser, without a shell. That it cannot be opened is no error: the address is printed, too.
 * @param env the environment in which the system's program is found
 */
export function openBrowser(address: string, env: NodeJS.ProcessEnv = process.env): void {
  const [program, ...first] = openers[process.platform] ?? ['xdg-open'];
  const opening = spawn(program, [...first, address], { env, stdio: 'ignore', detached: true });
  opening.once('error', () => undefined);
  opening.unref();
}
