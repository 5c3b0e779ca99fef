import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Session } from "../command-line/command.ts";
import { suggestion } from "../command-line/nearest.ts";
import { VULNS_ACTIONS } from "./actions.ts";
import type { VulnsValues } from "./flags.ts";

const NAMES = VULNS_ACTIONS.map(({ name }) => name);

/** `douane vulns`: the first operand says what to do with the others. */
export async function runVulns(
  session: Session,
  values: VulnsValues,
  [word, ...operands]: readonly string[],
): Promise<number> {
  const action = VULNS_ACTIONS.find(({ name }) => name === word);
  if (action === undefined) throw word === undefined ? missing() : unknown(word);
  const run = await action.load();
  return run(session, values, operands);
}

function missing(): UsageError {
  const list = NAMES.join(", ");
  return new UsageError("vulns-action-missing", {
    fr: `douane vulns : dire quoi faire (${list}).`,
    en: `douane vulns: say what to do (${list}).`,
  });
}

function unknown(word: string): UsageError {
  const { fr, en } = suggestion(word, NAMES);
  return new UsageError("vulns-action-unknown", {
    fr: `douane vulns ${quoted(word)} : action inconnue. ${fr}`,
    en: `douane vulns ${quoted(word)}: unknown action. ${en}`,
  });
}
