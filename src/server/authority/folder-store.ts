import { createHash } from "node:crypto";
import { chmodSync, linkSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { readBytes } from "../../files/read-bytes.ts";
import type { TlsStore } from "./own-certificate.ts";

/** File of the material, readable only for the server. */
const MATERIAL = "authority.json";
/** File of the authorities' certificates, which clients may read. */
const CERTIFICATES = "ca.crt";
const MOST_BYTES = 256 * 1024;

/**
 * Authority and certificate in a folder of this machine, for one server.
 *
 * @param path absolute path
 * @throws UnavailableError tls-folder, by its functions
 */
export function folderTlsStore(path: string, now: () => number): TlsStore {
  const [material, certificates] = [join(path, MATERIAL), join(path, CERTIFICATES)];
  return {
    name: path,
    async read() {
      const text = textOf(material);
      const texts = text === undefined ? {} : parsed(text, material);
      return { texts, version: digest(text), now: now() };
    },
    async replace(texts, version) {
      return tried(path, () => {
        // Other users must be able to enter the parent folders: the PostgreSQL of a data folder runs as
        // another user.
        makeFolders(dirname(dirname(path)), 0o755);
        makeFolders(path, 0o700);
        if (version !== digest(textOf(material))) return false;
        const temporary = `${material}.${process.pid}`;
        writeFileSync(temporary, JSON.stringify(texts), { mode: 0o600, flag: "w" });
        chmodSync(temporary, 0o600);
        if (version !== NOTHING) {
          renameSync(temporary, material);
          return true;
        }
        // Only one process can create the link, so two processes that start at the same time make a single
        // authority.
        try {
          linkSync(temporary, material);
          return true;
        } catch (error) {
          if (isCode(error, "EEXIST")) return false;
          throw error;
        } finally {
          unlinkSync(temporary);
        }
      });
    },
    async publish(authorities) {
      tried(path, () => {
        if (textOf(certificates) === authorities) return;
        writeFileSync(`${certificates}.${process.pid}`, authorities);
        renameSync(`${certificates}.${process.pid}`, certificates);
      });
    },
  };
}

/** Version of a text; a missing file and an empty one have different versions. */
function digest(text: string | undefined): string {
  if (text === undefined) return NOTHING;
  return createHash("sha256").update(text).digest("hex");
}

const NOTHING = "none";

/** Text of a file; undefined if there is none. @throws UnavailableError tls-folder */
function textOf(file: string): string | undefined {
  return tried(file, () => {
    try {
      const bytes = readBytes(file, { most: MOST_BYTES });
      if (bytes === undefined) throw new RangeError(`more than ${MOST_BYTES} bytes`);
      return Buffer.from(bytes).toString("utf8");
    } catch (error) {
      if (isCode(error, "ENOENT")) return undefined;
      throw error;
    }
  });
}

function parsed(text: string, file: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      );
      if (entries.length > 0) return Object.fromEntries(entries);
    }
  } catch {
    // Invalid JSON and an object without texts fail with the same message.
  }
  throw new InvalidInputError("tls-material", {
    fr: `${quoted(file)} n'est pas l'autorité qu'un serveur y a gardée. Le rétablir d'une sauvegarde, ou l'effacer : une nouvelle autorité est alors créée.`,
    en: `${quoted(file)} is not the authority that a server kept there. Restore it from a backup, or remove it: a new authority is then created.`,
  });
}

function tried<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof UnavailableError) throw cause;
    const why = quoted(cause instanceof Error ? cause.message : String(cause));
    throw new UnavailableError(
      "tls-folder",
      {
        fr: `${quoted(path)} : l'autorité du serveur ne peut pas y être gardée (${why}). Vérifier ses droits, ou choisir un autre répertoire (--tls-dir).`,
        en: `${quoted(path)}: the server's authority cannot be kept there (${why}). Check its permissions, or choose another folder (--tls-dir).`,
      },
      { cause },
    );
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
