import { InvalidInputError } from "../../contract/error.ts";
import type { FileType } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { decodeName } from "../../files/names.ts";
import { corruptImage } from "./corrupt-image.ts";
import type { TarHeader } from "./header.ts";
import { type PaxRecords, paxName, paxNumber, paxTime } from "./pax.ts";

/** Member of a tar: its header combined with its extensions. */
export interface TarMember {
  /** Path as written. */
  readonly path: string;
  readonly type: FileType | "hardlink";
  /** Permission bits, at most 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Size of the file in bytes, including holes; 0 if it has no content. */
  readonly size: number;
  /** Modification time in seconds since 1970, with a fraction if PAX states one. */
  readonly mtime: number;
  /** Target of a link, as written; "" for other members. */
  readonly link: string;
  /** Value of `security.capability`, hexadecimal. */
  readonly capability: string | undefined;
  /** Extended attributes of the `user.` namespace, by name without the prefix; absent if there are none. */
  readonly attributes?: ReadonlyMap<string, Uint8Array>;
  /** Set if the file has holes, which are not stored, so its size may exceed the stored bytes. */
  readonly sparse: boolean;
  /** Set for a device 0/0, which overlayfs treats as a whiteout. */
  readonly isNullDevice: boolean;
  /** Set if the member is after the archive's end, where unpackers ignore it. */
  readonly afterEnd: boolean;
}

/** Extensions before a header that modify the header. */
export interface Extensions {
  readonly pax: PaxRecords;
  readonly longName?: string;
  readonly longLink?: string;
}

/**
 * Combines header and extensions like Go's archive/tar: the name of a sparse file overrides GNU long names,
 * which override PAX; an empty value keeps the header's value.
 */
export function memberOf(header: TarHeader, extensions: Extensions, afterEnd: boolean): TarMember {
  const { pax, longName, longLink } = extensions;
  const name = longName || (nameIn(pax, "path") ?? header.name);
  const path = nameIn(pax, "GNU.sparse.name") ?? name;
  const link = longLink || (nameIn(pax, "linkpath") ?? header.link);
  const type = typeOf(header.flag, path);
  const capability = pax.get("SCHILY.xattr.security.capability");
  if (pax.size > 0) verifyAttributes(pax, path);
  verifyLength(path);
  verifyLength(link);
  return {
    path,
    type,
    mode: header.mode,
    uid: paxNumber(pax, "uid") ?? header.uid,
    gid: paxNumber(pax, "gid") ?? header.gid,
    size: type === "file" ? (paxNumber(pax, "size") ?? header.size) : 0,
    mtime: paxTime(pax, "mtime") ?? header.mtime,
    link: type === "symlink" || type === "hardlink" ? link : "",
    capability: capability?.length ? Buffer.from(capability).toString("hex") : undefined,
    ...(pax.size > 0 ? userAttributes(pax) : {}),
    sparse: false,
    isNullDevice: header.isNullDevice,
    afterEnd,
  };
}

function nameIn(pax: PaxRecords, keyword: string): string | undefined {
  const name = paxName(pax, keyword);
  return name === undefined ? undefined : decodeName(name);
}

const TYPES: Readonly<Record<string, TarMember["type"]>> = {
  "0": "file",
  "1": "hardlink",
  "2": "symlink",
  "3": "character",
  "4": "block",
  "5": "directory",
  "6": "fifo",
  // Contiguous files, and sparse files of GNU tar.
  "7": "file",
  S: "file",
};

function typeOf(flag: string, path: string): TarMember["type"] {
  if (flag === "\0") return path.endsWith("/") ? "directory" : "file";
  const type = TYPES[flag];
  if (type !== undefined) return type;
  const seen = quoted(flag);
  throw corruptImage("tar-type", {
    fr: `le tar contient une entrée de type inconnu ${seen} (${quoted(path)})`,
    en: `the tar holds an entry of unknown type ${seen} (${quoted(path)})`,
  });
}

/**
 * Extended attributes by which overlayfs hides or moves files. Podman sets them, containerd does not.
 * https://docs.kernel.org/filesystems/overlayfs.html
 */
const OVERLAY = /^SCHILY\.xattr\.trusted\.overlay\.(?:opaque|redirect|metacopy|whiteouts?)$/;

function verifyAttributes(pax: PaxRecords, path: string): void {
  for (const keyword of pax.keys()) {
    if (!OVERLAY.test(keyword)) continue;
    const name = quoted(keyword.replace("SCHILY.xattr.", ""));
    throw corruptImage("tar-overlay", {
      fr: `le tar donne à ${quoted(path)} l'attribut ${name}, par lequel overlayfs cache ou déplace des fichiers selon le moteur`,
      en: `the tar gives ${quoted(path)} the attribute ${name}, by which overlayfs hides or moves files depending on the engine`,
    });
  }
}

/** Prefix of the namespace for applications' own attributes (xattr(7)). */
const USER = "SCHILY.xattr.user.";

function userAttributes(pax: PaxRecords): Pick<TarMember, "attributes"> {
  const own = [...pax].filter(([keyword]) => keyword.startsWith(USER));
  if (own.length === 0) return {};
  return { attributes: new Map(own.map(([keyword, value]) => [keyword.slice(USER.length), value])) };
}

function verifyLength(name: string): void {
  if (name.length * 3 <= LIMITS.pathBytes || Buffer.byteLength(name) <= LIMITS.pathBytes) return;
  const seen = quoted(name);
  throw new InvalidInputError("tar-path-limit", {
    fr: `chemin de plus de ${LIMITS.pathBytes} octets dans le tar : ${seen}`,
    en: `path of more than ${LIMITS.pathBytes} bytes in the tar: ${seen}`,
  });
}
