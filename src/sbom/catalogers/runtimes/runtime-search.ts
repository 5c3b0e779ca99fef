import { baseName } from "../../../contract/base-name.ts";
import type { PackageFacts } from "../../../contract/package-facts.ts";

/** A program that carries its version as a text, whatever put it into the image. */
interface Runtime {
  /** As Bitnami's advisories name it. */
  readonly name: string;
  /** Of its file, without folders. */
  readonly file: RegExp;
  /** Stands before the version, and nowhere else in the program. */
  readonly mark: string;
  /** The mark, and the version behind it. */
  readonly version: RegExp;
}

/** Marks are what the programs print or send themselves; seen in Debian's and the projects' own builds. */
const RUNTIMES: readonly Runtime[] = [
  {
    name: "node",
    file: /^(?:node|nodejs|libnode\.so(?:\.\d+)?)$/,
    mark: "nodejs.org/download/release/v",
    version: /^nodejs\.org\/download\/release\/v(\d{1,4}\.\d{1,4}\.\d{1,4})\//,
  },
  {
    name: "python",
    file: /^(?:python3\.\d{1,3}t?|libpython3\.\d{1,3}t?\.so\.1\.0)$/,
    mark: "\x003.",
    version: /^\0(3\.\d{1,3}\.\d{1,3}(?:(?:a|b|rc)\d{1,3})?)\0/,
  },
  {
    name: "php",
    file: /^(?:php[\d.]{0,5}|php-fpm[\d.]{0,5}|php-cgi[\d.]{0,5}|libphp[\d.]{0,5}\.so)$/,
    mark: "X-Powered-By: PHP/",
    version: /^X-Powered-By: PHP\/(\d{1,3}\.\d{1,3}\.\d{1,3})/,
  },
  {
    name: "ruby",
    file: /^(?:ruby[\d.]{0,5}|libruby[-\d.]{0,6}\.so[\d.]{0,12})$/,
    mark: "\0ruby ",
    version: /^\0ruby (\d{1,3}\.\d{1,3}\.\d{1,3})(?:p\d{1,5})? \(/,
  },
  {
    name: "nginx",
    file: /^nginx$/,
    mark: "nginx version: nginx/",
    version: /^nginx version: nginx\/(\d{1,3}\.\d{1,3}\.\d{1,3})/,
  },
  {
    name: "postgresql",
    file: /^postgres$/,
    mark: "postgres (PostgreSQL) ",
    version: /^postgres \(PostgreSQL\) (\d{1,3}(?:\.\d{1,3}){1,2})/,
  },
];
/** The longest version with what ends it. */
const VERSION_BYTES = 24;

/** Looks for the version of a runtime while its bytes come by; undefined for the file of none. */
export function runtimeSearch(path: string): RuntimeSearch | undefined {
  const name = baseName(path);
  const runtime = RUNTIMES.find(({ file }) => file.test(name));
  return runtime && new RuntimeSearch(runtime);
}

export class RuntimeSearch {
  readonly #runtime: Runtime;
  readonly #mark: Buffer;
  #tail: Buffer = Buffer.alloc(0);
  #version: string | undefined;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#mark = Buffer.from(runtime.mark, "latin1");
  }

  push(bytes: Uint8Array): void {
    if (this.#version !== undefined) return;
    const all = Buffer.concat([this.#tail, bytes]);
    this.#version = this.#in(all);
    this.#tail = Buffer.from(all.subarray(Math.max(0, all.length - this.#mark.length - VERSION_BYTES)));
  }

  /** Nothing where no version came: what has the name is perhaps something else. */
  end(): readonly PackageFacts[] {
    this.#version ??= this.#in(Buffer.concat([this.#tail, Buffer.alloc(VERSION_BYTES)]));
    return this.#version === undefined
      ? []
      : [{ type: "generic", name: this.#runtime.name, version: this.#version }];
  }

  #in(bytes: Buffer): string | undefined {
    for (let at = bytes.indexOf(this.#mark); at >= 0; at = bytes.indexOf(this.#mark, at + 1)) {
      const end = at + this.#mark.length + VERSION_BYTES;
      if (end > bytes.length) return undefined;
      const [, found] = this.#runtime.version.exec(bytes.toString("latin1", at, end)) ?? [];
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
