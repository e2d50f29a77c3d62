const blockSize = 32 * 1024;
const headerSize = 7;

/** A record of a LevelDB log, or a part of one, as its header describes it. */
export interface LogPart {
  /** Where the header begins, and where the data end: possibly after the end of the file. */
  readonly at: number;
  readonly end: number;
  /** 1 for a whole record; 2, 3 and 4 for its first, a middle and its last part. */
  readonly type: number;
  /** Whether the part ends inside its block, as each must. */
  readonly fits: boolean;
}

/** The parts in a log, one after the other. A log is made of blocks of 32 KiB, a block of parts. */
export function* logParts(file: Buffer): Generator<LogPart> {
  for (let at = 0; at + headerSize <= file.length; ) {
    const left = blockSize - (at % blockSize);
    if (left < headerSize) {
      at += left;
      continue;
    }
    const length = file.readUInt16LE(at + 4);
    const end = at + headerSize + length;
    yield { at, end, type: file.readUInt8(at + 6), fits: length <= left - headerSize };
    at = end;
  }
}

/** The whole records of a log that has no damage. One that is cut off at the end is left out. */
export function* logRecords(file: Buffer): Generator<Buffer> {
  let parts: Buffer[] = [];
  for (const { at, end, type } of logParts(file)) {
    if (type === 0 || end > file.length) return;
    if (type <= 2) parts = [];
    parts.push(file.subarray(at + headerSize, end));
    if (type === 1 || type === 4) yield Buffer.concat(parts);
  }
}
