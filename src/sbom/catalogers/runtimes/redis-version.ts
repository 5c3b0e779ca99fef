import type { PackageFacts } from "../../../contract/package-facts.ts";

/** File names of Redis and Valkey, each of which is one binary with several names. */
const FILE = /^(redis|valkey)-(?:server|sentinel|check-(?:rdb|aof))$/;
/** Text that is only a version: of the server, of the compatible Redis, or of the compiler. */
const VERSION = /\0(?=(\d{1,3}\.\d{1,3}\.\d{1,3})\0)/g;
/** The server's version followed by the build's name: a machine and a time, or a time and a commit. */
const BUILD = /\0(?=(?:valkey)?(\d{1,3}\.\d{1,3}\.[\w.-]{10,100})\0)/g;
/** Longest match with its terminator, in bytes. */
const OVERLAP = 128;

/** Searches the version of Redis or Valkey, before which there is no fixed text. */
export class RedisVersion {
  readonly #name: string;
  readonly #versions = new Set<string>();
  readonly #builds = new Set<string>();
  #tail = "";

  constructor(name: string) {
    this.#name = name;
  }

  push(bytes: Uint8Array): void {
    const text = this.#tail + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    for (const [, version = ""] of text.matchAll(VERSION)) this.#versions.add(version);
    for (const [, build = ""] of text.matchAll(BUILD)) if (this.#builds.size < 100) this.#builds.add(build);
    this.#tail = text.slice(-OVERLAP);
  }

  /** Packages found; empty if the texts contradict each other. */
  end(): readonly PackageFacts[] {
    const agreed = [...this.#versions].filter((version) =>
      [...this.#builds].some((build) => build.startsWith(version)),
    );
    const [version, ...others] = agreed;
    return version === undefined || others.length > 0 ? [] : [{ type: "generic", name: this.#name, version }];
  }
}

/** @param name name of the file, without folders */
export function redisVersion(name: string): RedisVersion | undefined {
  const kind = FILE.exec(name)?.[1];
  return kind === undefined ? undefined : new RedisVersion(kind);
}
