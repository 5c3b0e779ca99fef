import { createHash, randomUUID } from "node:crypto";
import { lstat, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { makeFolders } from "../../files/make-folders.ts";
import type { LayerEntries } from "../../image/layer/entries.ts";
import type { LayerRecord } from "./unpack-layer.ts";
import { untrustedParent } from "./untrusted-parent.ts";
import { ownership } from "./user-namespace-ids.ts";

/** Version of the unpacking; to be increased if layers are unpacked differently. */
const VERSION = 1;

/** Name of the folder for layers being unpacked; layers' own names have 22 characters. */
const MAKING = "new";
const RECORD = "layer.json";

export interface StoredLayer extends LayerRecord {
  /** Folder of the layer, absolute; read only. */
  readonly directory: string;
}

/** Record of a folder that the trial made and mounts over the image. */
export const NOTHING: LayerRecord = {
  entries: { paths: [], kinds: [], kindOf: [], sizes: [], links: [], capabilities: [] },
  notes: [],
  lowerLinks: [],
  unpackedBytes: 0,
};

/** Entries of a layer's tar; empty for a folder that the trial made. */
export async function entriesOf(directory: string): Promise<LayerEntries> {
  return (await readRecord(join(directory, "..")))?.entries ?? NOTHING.entries;
}

/**
 * Unpacked layers by diffId, below a folder that only its owner may enter, since images contain setuid
 * programs. A layer is written under a temporary name and renamed when complete, so concurrent runs and kill
 * -9 never leave partial layers.
 */
export class LayerStore {
  /** Base folder of all layers. */
  readonly base: string;
  readonly #making: string;

  /** @param directory absolute; created if missing */
  constructor(directory: string) {
    this.base = join(directory, `layers-${VERSION}`, ownership().name);
    this.#making = join(this.base, MAKING);
  }

  async open(): Promise<void> {
    makeFolders(this.#making, 0o700);
    await verifyOwn(dirname(this.base));
    await verifyOwn(this.base);
    if (ownership().isHost) await verifyAbove(dirname(this.base));
    await this.#sweep();
  }

  /** Stored layer, if present. Its use is recorded, which keeps it for LIMITS.unpackedUnusedMs. */
  async find(diffId: Digest): Promise<StoredLayer | undefined> {
    const folder = this.#folderOf(diffId);
    const record = await readRecord(folder);
    if (record === undefined) return undefined;
    const now = new Date();
    await utimes(join(folder, RECORD), now, now);
    return { ...record, directory: join(folder, "fs") };
  }

  /** Stores the files that `make` writes to `fs` of the given folder. */
  async add(diffId: Digest, make: (directory: string) => Promise<LayerRecord>): Promise<StoredLayer> {
    const staging = await this.scratch();
    try {
      const record = await make(staging);
      await writeFile(join(staging, RECORD), JSON.stringify(record));
      await writeFile(join(staging, "bytes"), String(record.unpackedBytes));
      const folder = this.#folderOf(diffId);
      await this.#keep(staging, folder);
      return { ...record, directory: join(folder, "fs") };
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  /** Creates a new temporary folder. */
  async scratch(): Promise<string> {
    const directory = join(this.#making, randomUUID());
    await mkdir(directory, { mode: 0o700 });
    return directory;
  }

  /**
   * Removes the least recently used layers beyond LIMITS.unpackedBytesKept, except layers that may be in use.
   */
  async prune(): Promise<void> {
    const names = (await readdir(this.base)).filter((name) => name !== MAKING);
    const layers = await Promise.all(names.map((name) => this.#usage(name)));
    let total = layers.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { folder, bytes, used } of layers.toSorted((a, b) => a.used - b.used)) {
      if (total <= LIMITS.unpackedBytesKept || used > Date.now() - LIMITS.unpackedUnusedMs) return;
      await this.#remove(folder);
      total -= bytes;
    }
  }

  /** Moves a layer into place; if another run was faster, its equal layer is kept. */
  async #keep(staging: string, folder: string): Promise<void> {
    try {
      await rename(staging, folder);
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }

  /** Removes leftovers of killed runs: folders older than any unpacking takes. */
  async #sweep(): Promise<void> {
    for (const name of await readdir(this.#making)) {
      const path = join(this.#making, name);
      const age = Date.now() - ((await stat(path).catch(() => undefined))?.ctimeMs ?? Date.now());
      if (age > LIMITS.unpackedUnusedMs) await rm(path, { recursive: true, force: true });
    }
  }

  async #usage(name: string): Promise<{ folder: string; bytes: number; used: number }> {
    const folder = join(this.base, name);
    const [bytes, record] = await Promise.all([
      readFile(join(folder, "bytes"), "utf8").catch(() => "0"),
      stat(join(folder, RECORD)).catch(() => undefined),
    ]);
    return { folder, bytes: Number(bytes), used: record?.mtimeMs ?? 0 };
  }

  /** Removes a layer. It is renamed first, so that a partial layer is never found. */
  async #remove(folder: string): Promise<void> {
    const doomed = join(await this.scratch(), "removed");
    await rename(folder, doomed).catch(() => undefined);
    await rm(join(doomed, ".."), { recursive: true, force: true });
  }

  /** Folder of a layer, named by 128 bits of the digest: mount options must be short. */
  #folderOf(diffId: Digest): string {
    const name = createHash("sha256").update(diffId).digest("base64url").slice(0, 22);
    return join(this.base, name);
  }
}

/** Refuses folders that other users may change, since root mounts them. */
async function verifyOwn(directory: string): Promise<void> {
  const { uid, mode } = await lstat(directory);
  if (uid !== process.geteuid?.() || (mode & 0o022) !== 0) throw foreign(directory);
}

/** Refuses folders that other users may replace; inside a user namespace, this cannot be determined. */
async function verifyAbove(directory: string): Promise<void> {
  const found = await untrustedParent(directory);
  if (found !== undefined) throw foreign(found);
}

function foreign(directory: string): UnavailableError {
  return new UnavailableError("unpack-foreign-directory", {
    fr: `des couches ne peuvent pas être déployées sous ${directory} : ce répertoire appartient à un autre utilisateur, ou d'autres peuvent y écrire. Choisir un autre répertoire avec XDG_CACHE_HOME, ou se passer de cache avec --no-cache.`,
    en: `layers cannot be unpacked below ${directory}: this directory belongs to another user, or others may write to it. Choose another one with XDG_CACHE_HOME, or do without a cache with --no-cache.`,
  });
}

async function readRecord(folder: string): Promise<LayerRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, RECORD), "utf8"));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}

function isTaken(error: unknown): boolean {
  return codeOf(error) === "ENOTEMPTY" || codeOf(error) === "EEXIST";
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
