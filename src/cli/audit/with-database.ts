import type { Database } from "../../server/store/database/connect.ts";
import { openExisting } from "../../server/store/open-existing.ts";
import type { Context } from "../process/context.ts";
import { storePlace } from "../process/store-place.ts";

/** Runs work with the database of the store, which is not migrated. */
export async function withDatabase<T>(
  context: Context,
  values: { readonly database?: string | undefined; readonly dataDir?: string | undefined },
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const place = storePlace(context, values);
  return context.catchSignals(async () => {
    const { database, close } = await openExisting(place);
    try {
      return await work(database);
    } finally {
      await close();
    }
  });
}
