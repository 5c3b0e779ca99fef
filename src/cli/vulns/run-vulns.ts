import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Session } from "../command-line/command.ts";
import { assertDistinct } from "../command-line/format-target.ts";
import { suggestion } from "../command-line/nearest.ts";
import { refuseUntaken } from "../command-line/untaken-flags.ts";
import { SCAN_FLAGS, VULNS_ACTIONS } from "./actions.ts";
import type { VulnsValues } from "./flags.ts";

const NAMES = VULNS_ACTIONS.map(({ name }) => name);

/** `douane vulns`: the first operand says what to do with the others. */
export async function runVulns(
  session: Session,
  values: VulnsValues,
  [word, ...operands]: readonly string[],
): Promise<number> {
  assertDistinct(values.format);
  const action = VULNS_ACTIONS.find(({ name }) => name === word);
  if (word === undefined) throw missing();
  if (action === undefined) {
    if (!isSource(word, session)) throw unknown(word);
    refuseUntaken(session.context, values, SCAN_FLAGS, "douane vulns IMAGE");
    const { runScan } = await import("./run-scan.ts");
    return runScan(session, values, [word, ...operands]);
  }
  refuseUntaken(session.context, values, action.flags, `douane vulns ${action.name}`);
  const run = await action.load();
  return run(session, values, operands);
}

/** An image's name has a sign that no action's has, or is the name of something here. */
function isSource(word: string, { context: { cwd } }: Session): boolean {
  return /[/:.@]/.test(word) || existsSync(resolve(cwd, word));
}

function missing(): UsageError {
  const list = NAMES.join(", ");
  return new UsageError("vulns-action-missing", {
    fr: `douane vulns : nommer une image ou un SBOM, ou dire quoi faire (${list}).`,
    en: `douane vulns: name an image or an SBOM, or say what to do (${list}).`,
  });
}

function unknown(word: string): UsageError {
  const { fr, en } = suggestion(word, NAMES);
  return new UsageError("vulns-action-unknown", {
    fr: `douane vulns ${quoted(word)} : action inconnue. ${fr}`,
    en: `douane vulns ${quoted(word)}: unknown action. ${en}`,
  });
}
