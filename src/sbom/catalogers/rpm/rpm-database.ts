import { inDocumentTime } from "../../../contract/document-time.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { berkeleyBlobs, isBerkeleyHash } from "./berkeley.ts";
import { KeptFile, TooLong } from "./kept-file.ts";
import { NDB_MAGIC, ndbBlobs } from "./ndb.ts";
import { type RpmPackage, rpmPackage } from "./rpm-package.ts";
import { SQLITE_MAGIC, sqliteBlobs } from "./sqlite.ts";

export const RPM = "rpm";

/** Locations of rpm's database, below any root: rpm's default, SUSE's and Fedora's, and ostree's. */
const PLACE = /\/(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/(?:rpmdb\.sqlite|Packages\.db|Packages)$/;

/** Whether rpm would open a database at this path; its content decides the format. */
export function isRpmDatabase(path: string): boolean {
  return PLACE.test(path);
}

/** Directory into which a database's packages were installed; "" for the image's own root. */
export function rpmRoot(path: string): string {
  return path.replace(PLACE, "");
}

/**
 * Whether the path is that of an SQLite log, whose changes are not in the database yet; rpm leaves the log
 * empty.
 */
export function isRpmLog(path: string): boolean {
  return path.endsWith("/rpmdb.sqlite-wal") && isRpmDatabase(path.slice(0, -"-wal".length));
}

/** An rpm database, kept in memory while it is streamed, and read at its end. */
export class RpmDatabase {
  readonly #file: KeptFile;
  #isTooLong: boolean;

  /** @param size size of the file in bytes */
  constructor(size: number) {
    this.#file = new KeptFile(size);
    this.#isTooLong = size > LIMITS.packageDatabaseBytes;
  }

  push(bytes: Uint8Array, offset: number): void {
    if (this.#isTooLong) return;
    try {
      this.#file.push(bytes, offset);
    } catch (error) {
      if (!(error instanceof TooLong)) throw error;
      this.#isTooLong = true;
    }
  }

  /**
   * @param see called with each package
   * @returns whether the database was read completely; false if the database is too long
   * @throws Error if the file is damaged and may contain more; errors of `see`
   */
  end(see: (one: RpmPackage) => void): boolean {
    if (this.#isTooLong) return false;
    this.#file.end();
    inDocumentTime(this.#file.size, () => {
      for (const blob of blobs(this.#file)) see(rpmPackage(blob));
    });
    return true;
  }
}

function blobs(file: KeptFile): Generator<Buffer> {
  const head = file.read(0, Math.min(file.size, 64));
  if (head.indexOf(SQLITE_MAGIC) === 0) return sqliteBlobs(file, "Packages", "Name");
  if (head.indexOf(NDB_MAGIC) === 0) return ndbBlobs(file);
  if (isBerkeleyHash(head)) return berkeleyBlobs(file);
  throw new Error("no database of rpm");
}
