import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { OperatorError } from '../operator/error';
import type { Terminal } from './terminal';

/** An opened file. */
export interface InputFile {
  readonly input: Readable;
  /** In bytes; absent if it has no size, such as a pipe. */
  readonly size?: number;
}

/** Opens a file to read; `-` is standard input. @throws OperatorError if it is a folder or cannot be read */
export async function openInput({ stdin }: Pick<Terminal, 'stdin'>, path: string): Promise<InputFile> {
  if (path === '-') return { input: stdin };
  const status = await stat(path).catch(() => undefined);
  if (status?.isDirectory()) throw new OperatorError(`${path} is a folder: name a file.`);
  const input = createReadStream(path);
  const opened = status?.isFile() ? { input, size: status.size } : { input };
  return new Promise((resolve, reject) => {
    input.once('open', () => resolve(opened));
    input.once('error', (error: NodeJS.ErrnoException) => {
      reject(new OperatorError(`The file ${path} cannot be read (${error.code}): check its path.`));
    });
  });
}
