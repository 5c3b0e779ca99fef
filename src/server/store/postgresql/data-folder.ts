import { chownSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DouaneError, UnavailableError, UsageError } from "../../../contract/error.ts";
import { quoted } from "../../../contract/shown.ts";
import { makeFolders } from "../../../files/make-folders.ts";
import { closedFolder, type ServerUser } from "./server-user.ts";

/** Locations inside the folder of an embedded PostgreSQL. */
export interface DataFolder {
  readonly path: string;
  /** Data of PostgreSQL itself (PGDATA). */
  readonly cluster: string;
  /** Data that initdb is still creating; renamed to `cluster` when complete. */
  readonly unfinished: string;
  /** Links to shared libraries. */
  readonly libraries: string;
  readonly log: string;
  readonly sockets: string;
}

/** Maximum bytes of a socket's address (107 on Linux), less the socket's own name. */
const SOCKET_PATH = 90;

export function dataFolder(path: string): DataFolder {
  return {
    path,
    cluster: join(path, "cluster"),
    unfinished: join(path, "cluster.unfinished"),
    libraries: join(path, "lib"),
    log: join(path, "postgresql.log"),
    sockets: path,
  };
}

/**
 * Creates the folder, accessible only to the server's user.
 *
 * @throws UsageError data-folder-closed; UnavailableError data-folder-unwritable
 */
export function prepareFolder({ path }: DataFolder, user: ServerUser | undefined): void {
  try {
    makeOwn(path);
    if (user !== undefined && statSync(path).uid !== user.uid) chownSync(path, user.uid, user.gid);
    const closed = user === undefined ? undefined : closedFolder(path, user);
    if (closed !== undefined) throw closedTo(closed, path);
  } catch (cause) {
    throw cause instanceof DouaneError ? cause : unwritable(path, cause);
  }
}

/**
 * Creates a folder that only its owner may enter; missing parent folders are created with the usual
 * permissions.
 */
function makeOwn(path: string): void {
  makeFolders(dirname(path), 0o755);
  makeFolders(path, 0o700);
}

/**
 * Folder of the socket: the data folder itself, or a new folder if that path is too long for a socket
 * address.
 */
export function socketFolder({ sockets }: DataFolder, user: ServerUser | undefined): string {
  if (Buffer.byteLength(sockets) <= SOCKET_PATH) return sockets;
  const folder = mkdtempSync(join(tmpdir(), "douane-postgresql-"));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** Major version of the data; undefined if there are none yet. @throws UnavailableError data-folder-unwritable */
export function clusterMajor({ cluster, path }: DataFolder): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(cluster, "PG_VERSION"), "utf8"), 10);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw unwritable(path, cause);
  }
}

function closedTo(closed: string, path: string): UsageError {
  return new UsageError("data-folder-closed", {
    fr: `PostgreSQL ne s'exécute pas en root : douane le lance sous l'utilisateur 65534 (nobody), qui ne peut pas entrer dans ${quoted(closed)}. Choisir un autre répertoire que ${quoted(path)} (--data-dir), lancer douane sans root, ou nommer une base de données (--database).`,
    en: `PostgreSQL does not run as root: douane starts it as user 65534 (nobody), who cannot enter ${quoted(closed)}. Choose another folder than ${quoted(path)} (--data-dir), run douane without root, or name a database (--database).`,
  });
}

function unwritable(path: string, cause: unknown): UnavailableError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UnavailableError(
    "data-folder-unwritable",
    {
      fr: `Le répertoire des données ${quoted(path)} ne peut pas être utilisé (${why}). Vérifier ses droits et l'espace libre, ou en choisir un autre (--data-dir).`,
      en: `The data folder ${quoted(path)} cannot be used (${why}). Check its permissions and the free space, or choose another one (--data-dir).`,
    },
    { cause },
  );
}
