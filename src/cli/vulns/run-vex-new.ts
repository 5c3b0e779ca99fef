import { EXIT, UsageError } from "../../contract/error.ts";
import { newOpenVex } from "../../vulnerabilities/vex/new-open-vex.ts";
import { vexStatus } from "../../vulnerabilities/vex/status.ts";
import type { Session } from "../command-line/command.ts";
import { sourceDate } from "../process/source-date.ts";
import type { NewVexValues } from "./flags.ts";

/** `douane vulns vex new ID STATUS PRODUCT [PART…]`. */
export async function runNewVex(
  { context }: Session,
  { author, justification }: NewVexValues,
  [id, stated, product, ...parts]: readonly string[],
): Promise<number> {
  const status = vexStatus(stated);
  if (id === undefined || status === undefined || product === undefined || author === undefined) {
    throw new UsageError("vex-operands", {
      fr: "douane vulns vex new ID STATUT PRODUIT [COMPOSANT…] --author NOM : STATUT est not_affected, affected, fixed ou under_investigation ; PRODUIT et COMPOSANT sont des package URL.",
      en: "douane vulns vex new ID STATUS PRODUCT [PART…] --author NAME: STATUS is not_affected, affected, fixed or under_investigation; PRODUCT and PART are package URLs.",
    });
  }
  if (status === "not_affected" && justification === undefined) {
    throw new UsageError("vex-justification", {
      fr: "not_affected demande une raison : --justification.",
      en: "not_affected needs a reason: --justification.",
    });
  }
  const document = newOpenVex({
    id,
    status,
    product,
    parts,
    author,
    timestamp: sourceDate(context).toISOString(),
    ...(justification === undefined ? {} : { justification }),
  });
  await context.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  return EXIT.admitted;
}
