import { UsageError } from "../../contract/error.ts";
import { excerpt } from "../../contract/shown.ts";
import { connect, type Database, type DatabaseAddress } from "./database/connect.ts";
import { verifyKnown } from "./database/migrate.ts";
import type { OpenDatabase, StorePlace } from "./open-database.ts";
import { clusterMajor, dataFolder } from "./postgresql/data-folder.ts";
import { startEmbedded } from "./postgresql/embedded.ts";
import { OWN_DATABASE } from "./postgresql/own-database.ts";
import { runningServer } from "./postgresql/running-server.ts";

/**
 * Opens the database of an existing store without migrating it. A server may use the database at the same
 * time; read access is enough.
 *
 * @throws UsageError store-missing, store-newer; as startEmbedded(), connect() and databaseError()
 */
export async function openExisting(place: StorePlace): Promise<OpenDatabase> {
  if ("url" in place) return verified(connect(place));
  const folder = dataFolder(place.folder);
  if (clusterMajor(folder) === undefined) throw missing(place.folder);
  const running = runningServer(folder.cluster);
  if (running?.isOwned === true && running.isReady)
    return verified(connect(addressOf(running.sockets, running.port)));
  const server = await startEmbedded(place.folder);
  return verified(connect(addressOf(server.host, server.port)), server.stop);
}

function addressOf(host: string, port: number): DatabaseAddress {
  return { host, port, user: OWN_DATABASE, database: OWN_DATABASE };
}

async function verified(database: Database, stop = async () => {}): Promise<OpenDatabase> {
  const close = async () => {
    await database.close();
    await stop();
  };
  try {
    const { rows } = await database.asking(() =>
      database.pool.query<{ found: boolean }>(
        "select to_regclass('douane.audit_entry') is not null as found",
      ),
    );
    if (rows[0]?.found !== true) throw missing(database.where);
    await database.asking(() => verifyKnown(database));
    return { database, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function missing(where: string): UsageError {
  return new UsageError("store-missing", {
    fr: `${excerpt(where)} ne contient pas de données de « douane serve ». Indiquer sa base de données (--database) ou son répertoire (--data-dir).`,
    en: `${excerpt(where)} contains no data of \`douane serve\`. Give its database (--database) or its folder (--data-dir).`,
  });
}
