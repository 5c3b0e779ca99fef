import type { Lang, Text } from "../../contract/text.ts";
import type { VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";
import { visible } from "../escape.ts";
import { wrap } from "../terminal.ts";

const UNSIGNED: Text = { fr: "non signé", en: "unsigned" };
const SIGNED: Text = { fr: "signé par", en: "signed by" };
const LIFTS_NOTHING: Text = { fr: "non signé, ne lève rien", en: "unsigned, lifts nothing" };

/** Findings with VEX statements, by status and author of the latest statement; then an empty line. */
export function vexLines(
  findings: readonly VulnerabilityFinding[],
  lang: Lang,
  width: number,
): readonly string[] {
  const bySaying = new Map<string, string[]>();
  for (const { id, vex: [latest] = [] } of findings) {
    if (latest === undefined) continue;
    const { status, author, document, signer } = latest;
    const lifting = status === "not_affected" || status === "fixed";
    const by = author === "" ? document : `${author} (${document})`;
    const unsigned = lifting ? LIFTS_NOTHING[lang] : UNSIGNED[lang];
    const worth = signer === undefined ? unsigned : `${SIGNED[lang]} ${signer}`;
    const saying = `${status}, ${by}, ${worth}`;
    const ids = bySaying.get(saying) ?? [];
    bySaying.set(saying, ids.includes(id) ? ids : [...ids, id]);
  }
  const colon = lang === "fr" ? " :" : ":";
  const lines = [...bySaying].flatMap(([saying, ids]) =>
    wrap(visible(`VEX ${saying}${colon} ${ids.join(", ")}`), width),
  );
  return lines.length === 0 ? [] : [...lines, ""];
}
