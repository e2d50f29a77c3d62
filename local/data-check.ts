import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logParts } from './log-format';
import { tablesIn } from './manifest';

/**
 * Checks the files of a LevelDB before it is opened, without changing them: LevelDB silently drops the parts of its log
 * that it cannot read. Resolves to a description of the first damaged file.
 */
export async function findDamage(path: string): Promise<string | undefined> {
  const names = (await readdir(path)).sort();
  const tables = await readTables(path);
  let bytes = 0;
  for (const name of names) {
    const check = checks.get(name.slice(name.lastIndexOf('.')));
    // A process that ends while it writes a table leaves a part of it that no manifest names. LevelDB deletes it.
    if (!check || (check === checkTable && tables && !tables.has(Number.parseInt(name, 10)))) continue;
    const file = await readFile(join(path, name));
    const damage = check(file);
    if (damage) return `${name} ${damage}`;
    bytes += file.length;
  }
  return bytes > 0 ? undefined : 'nothing is left of them';
}

/** Undefined without a readable manifest: opening will say so. */
async function readTables(path: string): Promise<ReadonlySet<number> | undefined> {
  try {
    const current = (await readFile(join(path, 'CURRENT'), 'utf8')).trim();
    const manifest = await readFile(join(path, current));
    return checkLog(manifest) ? undefined : tablesIn(manifest);
  } catch {
    return undefined;
  }
}

/** By the end of a file's name. */
const checks: ReadonlyMap<string, (file: Buffer) => string | undefined> = new Map([
  ['.log', checkLog],
  ['.ldb', checkTable],
  ['.sst', checkTable],
]);

/**
 * A part of a log: checksum (4 bytes), length (2), type (1), data. The last one may be cut off, or zeros after a loss of
 * power: that is what a write leaves that was never acknowledged.
 */
function checkLog(file: Buffer): string | undefined {
  for (const { at, end, type, fits } of logParts(file)) {
    if (type < 1 || type > 4) {
      return file.subarray(at).every((byte) => byte === 0) ? undefined : `has a record of no known type at byte ${at}`;
    }
    if (!fits) return `has a record of impossible length at byte ${at}`;
    if (end > file.length) return undefined;
    if (file.readUInt32LE(at) !== mask(crc32c(file.subarray(at + 6, end)))) return `has a wrong checksum at byte ${at}`;
  }
  return undefined;
}

const tableMagic = Buffer.from('57fb808b247547db', 'hex');

function checkTable(file: Buffer): string | undefined {
  return file.subarray(-tableMagic.length).equals(tableMagic) ? undefined : 'has no proper end';
}

/** LevelDB stores checksums masked, since a checksum of checksums is weak. */
const mask = (crc: number) => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  return crc;
});

/** CRC-32C (Castagnoli). */
function crc32c(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}
