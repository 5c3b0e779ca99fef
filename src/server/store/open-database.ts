import { connect, type Database } from "./database/connect.ts";
import { migrate } from "./database/migrate.ts";
import { startEmbedded } from "./postgresql/embedded.ts";
import { ownDatabase } from "./postgresql/own-database.ts";

/** Place of the store: a database by its URL, or the folder of an embedded PostgreSQL (absolute path). */
export type StorePlace = { readonly url: string } | { readonly folder: string };

/** Open database; closing it also stops an embedded server. */
export interface OpenDatabase {
  readonly database: Database;
  readonly close: () => Promise<void>;
}

/**
 * Opens the database of a store, and migrates its schema to this program's version.
 *
 * @throws as startEmbedded(), connect(), migrate()
 */
export async function openDatabase(place: StorePlace): Promise<OpenDatabase> {
  if ("url" in place) {
    const database = await migrated(connect(place));
    return { database, close: database.close };
  }
  const server = await startEmbedded(place.folder);
  try {
    const database = await migrated(connect(await ownDatabase(server)));
    const close = async () => {
      await database.close();
      await server.stop();
    };
    return { database, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function migrated(database: Database): Promise<Database> {
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
