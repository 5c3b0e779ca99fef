import { isAbsolute, join, resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { readBytes } from "../../files/read-bytes.ts";
import type { StorePlace } from "../../server/store/open-database.ts";
import type { Context } from "./context.ts";

/** Folder of the store if the user is root: PostgreSQL then runs as user 65534, who cannot enter /root. */
const OF_ROOT = "/var/lib/douane";

/**
 * Where the server's store is: the database that was named, the folder that was named, or else the user's data folder
 * (XDG base directories).
 *
 * @throws UsageError store-twice, store-place-unknown, database-file
 */
export function storePlace(
  { cwd, env }: Pick<Context, "cwd" | "env">,
  { database, dataDir }: { readonly database?: string | undefined; readonly dataDir?: string | undefined },
): StorePlace {
  if (database !== undefined && dataDir !== undefined) throw twice();
  if (database?.startsWith(FILE) === true) return { url: urlIn(resolve(cwd, database.slice(FILE.length))) };
  if (database !== undefined) return { url: database };
  if (dataDir !== undefined) return { folder: resolve(cwd, dataDir) };
  const xdg = env["XDG_DATA_HOME"];
  if (xdg !== undefined && isAbsolute(xdg)) return { folder: join(xdg, "douane", "server") };
  if (process.getuid?.() === 0) return { folder: OF_ROOT };
  const home = env["HOME"];
  if (home) return { folder: join(home, ".local", "share", "douane", "server") };
  throw new UsageError("store-place-unknown", {
    fr: "HOME n'est pas défini : indiquer le répertoire des données (--data-dir) ou une base de données (--database).",
    en: "HOME is not set: give the folder of the data (--data-dir) or a database (--database).",
  });
}

/** Scheme of a file that holds the address: a mounted Secret, which neither `ps` nor the environment shows. */
const FILE = "file:";
const MOST_BYTES = 16 * 1024;

/** First line of a file. @throws UsageError database-file */
function urlIn(path: string): string {
  let why = `> ${MOST_BYTES}`;
  try {
    const bytes = readBytes(path, { most: MOST_BYTES });
    const line = bytes && Buffer.from(bytes).toString("utf8").trim();
    if (line !== undefined && /^postgres(?:ql)?:\/\/\S+$/.test(line)) return line;
    if (line !== undefined) why = "postgres://…";
  } catch (error) {
    why = error instanceof Error ? error.message : String(error);
  }
  throw new UsageError("database-file", {
    fr: `--database ${quoted(FILE + path)} : ce fichier ne donne pas d'adresse (${why}). Y écrire une seule ligne : postgres://UTILISATEUR@HÔTE:PORT/BASE`,
    en: `--database ${quoted(FILE + path)}: this file gives no address (${why}). Write one line to it: postgres://USER@HOST:PORT/DATABASE`,
  });
}

function twice(): UsageError {
  return new UsageError("store-twice", {
    fr: "--database et --data-dir sont deux endroits : n'en donner qu'un (DOUANE_DATABASE compte aussi).",
    en: "--database and --data-dir are two places: give one (DOUANE_DATABASE counts, too).",
  });
}
