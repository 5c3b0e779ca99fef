import type { FileType } from "../../contract/image-facts.ts";
import { encodeName } from "../../files/names.ts";
import { BLOCK } from "./header.ts";

/** An entry to write. Defaults are reproducible: owner root, no time. */
export interface TarEntry {
  /** Path as written in the tar: `etc/passwd`, `app/`, `etc/.wh.shadow`. */
  readonly path: string;
  /** Type of the entry; default: `file`. A hard link is a file with `hardLink`. */
  readonly type?: FileType;
  /** Permissions; default: 0o755 for directories, 0o777 for symbolic links, otherwise 0o644. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Modification time in seconds since 1970. */
  readonly mtime?: number;
  readonly content?: Uint8Array | string;
  /** Target of a symbolic link. */
  readonly link?: string;
  /** Path, in the tar, of the file to which this is a hard link. */
  readonly hardLink?: string;
  /** Major and minor number of a device. */
  readonly device?: readonly [number, number];
  /** Extended attributes by name: `security.capability`. */
  readonly xattrs?: Readonly<Record<string, Uint8Array>>;
}

/** Complete archive, with two zero blocks at its end. The same entries give the same bytes. */
export function writeTar(entries: Iterable<TarEntry>): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? "");
    parts.push(writeEntryHeader(entry, content.length), content, padding(content.length));
  }
  return Buffer.concat([...parts, new Uint8Array(2 * BLOCK)]);
}

/** Header blocks of an entry, with PAX records if ustar fields do not suffice. */
export function writeEntryHeader(entry: TarEntry, size: number): Uint8Array {
  const header = writeHeader({
    name: encodeName(entry.path),
    flag: flagOf(entry),
    mode: entry.mode ?? defaultMode(entry),
    uid: entry.uid ?? 0,
    gid: entry.gid ?? 0,
    size,
    mtime: entry.mtime ?? 0,
    link: encodeName(linkOf(entry)),
    device: entry.device ?? [0, 0],
  });
  const records = paxRecords(entry, size);
  if (records.length === 0) return header;
  const pax = writeHeader({ ...PAX_HEADER, size: records.length });
  return Buffer.concat([pax, records, padding(records.length), header]);
}

/** Zeros up to the next block. */
function padding(size: number): Uint8Array {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

interface Fields {
  readonly name: Uint8Array;
  readonly flag: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
  readonly link: Uint8Array;
  readonly device: readonly [number, number];
}

const PAX_HEADER: Fields = {
  name: Buffer.from("PaxHeaders"),
  flag: "x",
  mode: 0o644,
  uid: 0,
  gid: 0,
  size: 0,
  mtime: 0,
  link: new Uint8Array(),
  device: [0, 0],
};

function writeHeader(fields: Fields): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  block.set(fields.name.subarray(0, 100), 0);
  writeOctal(block, 100, 8, fields.mode);
  writeOctal(block, 108, 8, fields.uid);
  writeOctal(block, 116, 8, fields.gid);
  writeOctal(block, 124, 12, fields.size);
  writeOctal(block, 136, 12, fields.mtime);
  block.write(fields.flag, 156, "latin1");
  block.set(fields.link.subarray(0, 100), 157);
  block.write("ustar\x0000", 257, "latin1");
  writeOctal(block, 329, 8, fields.device[0]);
  writeOctal(block, 337, 8, fields.device[1]);
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

/** Writes an octal number; a number that does not fit stays 0 here, and is written in a PAX record. */
function writeOctal(block: Buffer, at: number, length: number, value: number): void {
  const digits = fitsOctal(value, length) ? value.toString(8) : "0";
  block.write(`${digits.padStart(length - 1, "0")}\0`, at, "latin1");
}

function fitsOctal(value: number, length: number): boolean {
  return value < 8 ** (length - 1);
}

/** POSIX.1-2001 `pax` extended header records, sorted by keyword. */
function paxRecords(entry: TarEntry, size: number): Uint8Array {
  const records: [string, Uint8Array][] = [];
  const path = encodeName(entry.path);
  const link = encodeName(linkOf(entry));
  if (!fitsName(path)) records.push(["path", path]);
  if (!fitsName(link)) records.push(["linkpath", link]);
  if (!fitsOctal(size, 12)) records.push(["size", Buffer.from(String(size))]);
  if (!fitsOctal(entry.uid ?? 0, 8)) records.push(["uid", Buffer.from(String(entry.uid))]);
  if (!fitsOctal(entry.gid ?? 0, 8)) records.push(["gid", Buffer.from(String(entry.gid))]);
  for (const [name, value] of Object.entries(entry.xattrs ?? {})) {
    records.push([`SCHILY.xattr.${name}`, value]);
  }
  records.sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat(records.map(([keyword, value]) => writePaxRecord(keyword, value)));
}

/** Record `LENGTH KEYWORD=VALUE `; LENGTH counts the whole record, including its own digits. */
export function writePaxRecord(keyword: string, value: Uint8Array): Uint8Array {
  const rest = Buffer.concat([Buffer.from(` ${keyword}=`), value, Buffer.from("\n")]);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

/** Whether a name fits into ustar's field: ASCII, up to 100 bytes. */
function fitsName(name: Uint8Array): boolean {
  return name.length <= 100 && name.every((byte) => byte < 0x80);
}

function linkOf(entry: TarEntry): string {
  return entry.hardLink ?? entry.link ?? "";
}

const FLAGS: Readonly<Record<FileType, string>> = {
  file: "0",
  symlink: "2",
  character: "3",
  block: "4",
  directory: "5",
  fifo: "6",
};

function flagOf(entry: TarEntry): string {
  return entry.hardLink === undefined ? FLAGS[entry.type ?? "file"] : "1";
}

function defaultMode(entry: TarEntry): number {
  if (entry.type === "directory") return 0o755;
  return entry.type === "symlink" ? 0o777 : 0o644;
}
