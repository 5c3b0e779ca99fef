import type { PackageFacts } from "../../../contract/package-facts.ts";
import { PieceWindow } from "../../cataloger/piece-window.ts";

/** Magic number of Go's build information (debug/buildinfo of Go's library). */
const MAGIC = Buffer.from("\xff Go buildinf:", "latin1");
/**
 * End of the magic number, at most seven bytes: Node searches these quickly, by the first byte alone; `i` is
 * rarer than 0xff.
 */
const TELLING_AT = 7;
const TELLING = MAGIC.subarray(TELLING_AT);
const ALIGNMENT = 16;
/** Bytes of the header; since Go 1.18 strings follow it, before it held pointers. */
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

/** Modules that a program was built from. */
export interface BuildInfo {
  readonly packages: readonly PackageFacts[];
  /** The build information has an unsupported format, so modules are missing. */
  readonly isUnread: boolean;
}

/**
 * Searches Go build information while a file's bytes arrive, without a section table, which could be forged.
 * A file may contain several programs: an embedded one, an installer's.
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
      // Bytes before this place have been searched.
      if (!isEnd && mayGoOn(blob)) return this.#window.dropTo(at);
      const info = infoIn(blob);
      if (info !== undefined) {
        this.#infos += 1;
        this.#packages.push(...info.packages);
        // Otherwise it is a string in a program that reads build information.
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
