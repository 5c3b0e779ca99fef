import { formatEnvelope } from "../../attest/dsse/envelope.ts";
import { EXIT } from "../../contract/error.ts";
import { emitHead } from "../../server/store/audit-log.ts";
import { openKey } from "../attest/read-key.ts";
import type { Session } from "../command-line/command.ts";
import { writeFormats } from "../command-line/write-formats.ts";
import type { HeadValues } from "./flags.ts";
import { withDatabase } from "./with-database.ts";

/** `douane audit head --key KEY`. */
export async function runHead(session: Session, values: HeadValues): Promise<number> {
  const { context } = session;
  const { key, close } = await openKey(context, values.key, values.caFile);
  try {
    const envelope = await withDatabase(context, values, (database) =>
      emitHead(database, key, context.now()),
    );
    const { out } = values;
    const target = { format: { name: "json" }, ...(out === undefined ? {} : { file: out }) };
    await writeFormats(session, [target], () => `${formatEnvelope(envelope)}\n`);
  } finally {
    await close();
  }
  return EXIT.admitted;
}
