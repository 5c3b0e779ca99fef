import type { Inputs } from "../../assess/run/inputs.ts";
import { pathWord } from "../../contract/shell-word.ts";
import type { ReportView } from "../../report/report.ts";
import type { Session } from "../command-line/command.ts";
import type { CheckValues } from "./flags.ts";
import { sourceLinks } from "./source-links.ts";

/** View options of reports from the command line, and commands that reports may suggest. */
export async function viewOf(
  { verbose, context }: Session,
  { only, sort, groupBy, limit, showFingerprints }: CheckValues,
  { manifests }: Pick<Inputs, "manifests">,
): Promise<ReportView> {
  const linkOf = sourceLinks(context);
  const asked = {
    verbose,
    ...(linkOf === undefined ? {} : { linkOf }),
    fingerprints: showFingerprints,
    ...(only === undefined ? {} : { only }),
    ...(sort === undefined ? {} : { sort }),
    ...(groupBy === undefined ? {} : { groupBy }),
    ...(limit === undefined ? {} : { limit }),
  };
  if (manifests.length === 0 || manifests.includes("-")) return asked;
  const { FIXABLE } = await import("../../fix/fixable.ts");
  return { ...asked, manifests: manifests.map(pathWord).join(" "), fixable: FIXABLE };
}
