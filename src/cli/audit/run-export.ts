import { EXIT, UsageError } from "../../contract/error.ts";
import { exportApplication } from "../../server/store/export-application.ts";
import type { Session } from "../command-line/command.ts";
import { writeFormats } from "../command-line/write-formats.ts";
import type { ExportValues } from "./flags.ts";
import { withDatabase } from "./with-database.ts";

/** `douane audit export --application NAME --from DATE --to DATE`. */
export async function runExport(session: Session, values: ExportValues): Promise<number> {
  const { application, from, to, out } = values;
  if (application === undefined || from === undefined || to === undefined || from > to) throw incomplete();
  const document = await withDatabase(session.context, values, (database) =>
    exportApplication(database, application, { from, to }),
  );
  const target = { format: { name: "json" }, ...(out === undefined ? {} : { file: out }) };
  await writeFormats(session, [target], () => `${JSON.stringify(document)}\n`);
  return EXIT.admitted;
}

function incomplete(): UsageError {
  return new UsageError("audit-export-flags", {
    fr: "« douane audit export » demande --application, --from et --to, et --from ne doit pas suivre --to.",
    en: "douane audit export needs --application, --from and --to, and --from must not be after --to.",
  });
}
