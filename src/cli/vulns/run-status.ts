import { EXIT } from "../../contract/error.ts";
import type { Session } from "../command-line/command.ts";
import { dataDirectory } from "../process/data-directory.ts";
import { printable } from "../terminal/printable.ts";
import type { VulnsValues } from "./flags.ts";

/** `douane vulns status`. */
export async function runStatus(
  { context, lang }: Session,
  { data }: Pick<VulnsValues, "data">,
): Promise<number> {
  const directory = dataDirectory(context, data);
  const none = { fr: "aucune donnée", en: "no data" }[lang];
  await context.stdout.write(`${printable(directory)}: ${none}\n`);
  return EXIT.unproven;
}
