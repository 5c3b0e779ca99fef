import type { PackageFacts } from "../../../contract/package-facts.ts";
import { PieceWindow } from "../piece-window.ts";

/** How Go's linker marks the build information of a program (debug/buildinfo of Go's library). */
const MAGIC = Buffer.from("\xff Go buildinf:", "latin1");
/** Its end, of as many bytes as Node looks for by the first of them alone, and quickly; `i` is rarer than 0xff. */
const TELLING_AT = 7;
const TELLING = MAGIC.subarray(TELLING_AT);
const ALIGNMENT = 16;
/** Strings stand behind the header since Go 1.18; before, the header held pointers to them. */
const HEADER = 32;
const IS_INLINE = 2;
/** `go1.24.4 X:…`: names of experiments behind it. */
const LONGEST_VERSION = 1_024;
/** Modules of the largest programs (Kubernetes, cloud tools) make some 100 KiB. */
const INFO_BYTES = 1024 ** 2;
/** Programs of one file; an installer has some ten. */
const MOST = 200;
/** 16 bytes on both sides of the list of modules, by which debuggers find it. */
const SENTINEL = 16;

/** What a program says that it was built from. */
export interface BuildInfo {
  readonly packages: readonly PackageFacts[];
  /** It has build information of a form that is not read: more modules than these are in it. */
  readonly isUnread: boolean;
}

/**
 * Looks for the build information of Go programs while the bytes of a file come by: no section table is
 * needed, so none can lie. A file may hold several programs: one embedded in another, an installer.
 */
export class BuildInfoSearch {
  readonly #window = new PieceWindow();
  readonly #packages: PackageFacts[] = [];
  #infos = 0;
  #isOld = false;

  push(bytes: Uint8Array): void {
    if (this.#infos >= MOST) return;
    this.#window.add(bytes, () => this.#search(false));
  }

  /** Undefined: no Go program. */
  end(): BuildInfo | undefined {
    this.#search(true);
    if (this.#infos === 0) return this.#isOld ? { packages: [], isUnread: true } : undefined;
    return { packages: this.#packages, isUnread: this.#infos >= MOST };
  }

  #search(isEnd: boolean): void {
    const { bytes } = this.#window;
    for (let at = this.#next(0); at >= 0 && this.#infos < MOST; at = this.#next(at + ALIGNMENT)) {
      const blob = bytes.subarray(at, at + INFO_BYTES);
      // What stands before it was looked at.
      if (!isEnd && mayGoOn(blob)) return this.#window.dropTo(at);
      const info = infoIn(blob);
      if (info !== undefined) {
        this.#infos += 1;
        this.#packages.push(...info.packages);
        // Else it is the text of a program that looks for build information in others.
      } else if (isOld(blob)) this.#isOld = true;
    }
    this.#window.dropTo(Math.max(0, bytes.length - MAGIC.length + 1));
  }

  #next(from: number): number {
    const { bytes, offset } = this.#window;
    for (let at = from; ; at++) {
      at = bytes.indexOf(TELLING, at + TELLING_AT) - TELLING_AT;
      if (at < 0) return -1;
      if ((offset + at) % ALIGNMENT !== 0) continue;
      if (bytes.compare(MAGIC, 0, MAGIC.length, at, at + MAGIC.length) === 0) return at;
    }
  }
}

/** @param blob begins with the magic number */
function infoIn(blob: Buffer): BuildInfo | undefined {
  if (((blob[MAGIC.length + 1] ?? 0) & IS_INLINE) === 0) return undefined;
  const version = stringAt(blob, HEADER);
  const modules = version && stringAt(blob, version.end);
  if (modules === undefined || !isVersion(version?.text ?? "")) return undefined;
  const list = modules.text.slice(SENTINEL, -SENTINEL);
  return { packages: [...toolchain(version?.text ?? ""), ...modulesOf(list)], isUnread: false };
}

/** Whether a list of modules may follow that has not come yet. */
function mayGoOn(blob: Buffer): boolean {
  if (blob.length >= INFO_BYTES) return false;
  if (blob.length < HEADER + LONGEST_VERSION) return true;
  const version = stringAt(blob, HEADER);
  return version !== undefined && isVersion(version.text) && stringAt(blob, version.end) === undefined;
}

function isVersion(text: string): boolean {
  return text.startsWith("go") || text.startsWith("devel ");
}

function isOld(blob: Buffer): boolean {
  const pointerBytes = blob[MAGIC.length];
  return ((blob[MAGIC.length + 1] ?? IS_INLINE) & ~1) === 0 && (pointerBytes === 4 || pointerBytes === 8);
}

/** A text behind its length, a number in base 128, least significant digit first. */
function stringAt(blob: Buffer, at: number): { readonly text: string; readonly end: number } | undefined {
  let length = 0;
  for (let digit = 0; digit < 4; digit++) {
    const byte = blob[at + digit];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 128 ** digit;
    if (byte >= 0x80) continue;
    const begin = at + digit + 1;
    const end = begin + length;
    return end > blob.length ? undefined : { text: blob.toString("latin1", begin, end), end };
  }
  return undefined;
}

/** `go1.24.4`, `go1.24.4 X:nocoverageredesign`, `devel go1.25-abc`: Go's own library is in every program. */
function toolchain(version: string): readonly PackageFacts[] {
  const [, stated = ""] = /^go(\d[\w.]{0,40})/.exec(version) ?? [];
  return [{ type: "golang", name: "stdlib", version: stated }];
}

/**
 * `dep\tPATH\tVERSION\tSUM`, and behind it `=>\tPATH\tVERSION\tSUM` where another one was taken in its
 * place; a folder of the sources has no version, and the name of what it took the place of.
 */
function modulesOf(list: string): readonly PackageFacts[] {
  const found: PackageFacts[] = [];
  for (const line of list.split("\n")) {
    const [kind, path = "", version = ""] = line.split("\t");
    if (path === "" || (kind !== "mod" && kind !== "dep" && kind !== "=>")) continue;
    const replaced = kind === "=>" ? found.pop() : undefined;
    const isFolder = /^\.{0,2}\//.test(path);
    found.push(isFolder && replaced !== undefined ? { ...replaced, version: "" } : moduleOf(path, version));
  }
  return found;
}

/** The version as it stands there: `(devel)` of a main module that was built in a working copy. */
function moduleOf(path: string, version: string): PackageFacts {
  const at = path.lastIndexOf("/");
  return {
    type: "golang",
    ...(at < 0 ? {} : { namespace: path.slice(0, at) }),
    name: path.slice(at + 1),
    version,
  };
}
