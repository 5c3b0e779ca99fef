import type { PackageFacts } from "../../../contract/package-facts.ts";
import { PieceWindow } from "../../cataloger/piece-window.ts";

/** Magic number of Go's build information (debug/buildinfo of Go's library). */
const MAGIC = Buffer.from("\xff Go buildinf:", "latin1");
/**
 * Offset of `inf:`, the end of the magic number. Only the end is searched, because Node finds at most seven
 * bytes quickly by the first byte alone, and `i` is rarer than 0xff.
 */
const TELLING_AT = 7;
const TELLING = MAGIC.subarray(TELLING_AT);
const ALIGNMENT = 16;
/** Bytes of the header. Since Go 1.18, strings follow the header; earlier versions wrote pointers into it. */
const HEADER = 32;
const IS_INLINE = 2;
/** Longest version, `go1.24.4 X:…`, with the names of experiments. */
const LONGEST_VERSION = 1_024;
/** Longest build information; that of the largest programs (Kubernetes, cloud tools) has some 100 KiB. */
const INFO_BYTES = 1024 ** 2;
/** Maximum number of programs in one file; an installer has some ten. */
const MOST = 200;
/** Length of the markers before and after the module list, by which debuggers find the list. */
const SENTINEL = 16;

/** Modules that a program was built from. */
export interface BuildInfo {
  readonly packages: readonly PackageFacts[];
  /** Set if the build information has an unsupported format, so modules are missing. */
  readonly isUnread: boolean;
}

/**
 * Searches Go build information while a file's bytes arrive. The section table is not used, since it could be
 * forged. A file may contain several programs: an embedded program, or those of an installer.
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

  /** Result at the end of the file; undefined if the file is not a Go program. */
  end(): BuildInfo | undefined {
    this.#search(true);
    if (this.#infos === 0) return this.#isOld ? { packages: [], isUnread: true } : undefined;
    return { packages: this.#packages, isUnread: this.#infos >= MOST };
  }

  #search(isEnd: boolean): void {
    const { bytes } = this.#window;
    for (let at = this.#next(0); at >= 0 && this.#infos < MOST; at = this.#next(at + ALIGNMENT)) {
      const blob = bytes.subarray(at, at + INFO_BYTES);
      // Bytes before this place have been searched.
      if (!isEnd && mayGoOn(blob)) return this.#window.dropTo(at);
      const info = infoIn(blob);
      if (info !== undefined) {
        this.#infos += 1;
        this.#packages.push(...info.packages);
        // Otherwise the match is a string in a program that reads build information.
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

/** @param blob bytes that begin with the magic number */
function infoIn(blob: Buffer): BuildInfo | undefined {
  if (((blob[MAGIC.length + 1] ?? 0) & IS_INLINE) === 0) return undefined;
  const version = stringAt(blob, HEADER);
  const modules = version && stringAt(blob, version.end);
  if (modules === undefined || !isVersion(version?.text ?? "")) return undefined;
  const list = modules.text.slice(SENTINEL, -SENTINEL);
  return { packages: [...toolchain(version?.text ?? ""), ...modulesOf(list)], isUnread: false };
}

/** Whether a module list may follow in bytes that have not arrived yet. */
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

/** Text preceded by its length: a number in base 128, least significant digit first. */
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

/**
 * Go's own library, which is in every program, from `go1.24.4`, `go1.24.4 X:nocoverageredesign` or `devel
 * go1.25-abc`.
 */
function toolchain(version: string): readonly PackageFacts[] {
  const [, stated = ""] = /^go(\d[\w.]{0,40})/.exec(version) ?? [];
  return [{ type: "golang", name: "stdlib", version: stated }];
}

/**
 * Modules from lines `dep\\tPATH\\tVERSION\\tSUM`; a following line `=>\\tPATH\\tVERSION\\tSUM` is a
 * replacement. A local folder as replacement has no version and keeps the replaced name.
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

/** Module with its version as written: `(devel)` for a main module built in a working copy. */
function moduleOf(path: string, version: string): PackageFacts {
  const at = path.lastIndexOf("/");
  return {
    type: "golang",
    ...(at < 0 ? {} : { namespace: path.slice(0, at) }),
    name: path.slice(at + 1),
    version,
  };
}
