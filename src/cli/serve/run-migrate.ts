import { EXIT } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import { openDatabase } from "../../server/store/open-database.ts";
import type { Session } from "../command-line/command.ts";
import { storePlace } from "../process/store-place.ts";
import type { ServeValues } from "./flags.ts";

/**
 * `douane serve --migrate`: prepares the tables of the database for this version.
 *
 * @throws as storePlace(), openDatabase()
 */
export async function runMigrate({ context, lang }: Session, values: ServeValues): Promise<number> {
  const { close } = await openDatabase(storePlace(context, values));
  await close();
  await context.stdout.write(`${READY[lang]}\n`);
  return EXIT.admitted;
}

const READY: Text = {
  fr: "les tables de la base de données sont celles de cette version",
  en: "the tables of the database are those of this version",
};
