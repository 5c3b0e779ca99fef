import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { DraftFile, replaceFile } from "../../files/draft-file.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { faultOf, WriteFailure } from "../../files/write-failure.ts";
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
        const draft = new DraftFile(material, { mode: 0o600 });
        draft.write(Buffer.from(JSON.stringify(texts)));
        // Of two processes that start at the same time, one makes the authority.
        if (version === NOTHING) return draft.create();
        draft.replace();
        return true;
      });
    },
    async publish(authorities) {
      tried(path, () => {
        if (textOf(certificates) === authorities) return;
        replaceFile(certificates, authorities);
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
    if (cause instanceof UnavailableError && !(cause instanceof WriteFailure)) throw cause;
    const why = faultOf(cause instanceof WriteFailure ? cause.cause : cause).cause;
    throw new UnavailableError(
      "tls-folder",
      {
        fr: `${quoted(path)} : l'autorité du serveur ne peut pas y être gardée (${why.fr}). Vérifier ses droits, ou choisir un autre répertoire (--tls-dir).`,
        en: `${quoted(path)}: the server's authority cannot be kept there (${why.en}). Check its permissions, or choose another folder (--tls-dir).`,
      },
      { cause },
    );
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
