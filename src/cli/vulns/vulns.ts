import type { Lang } from "../../contract/text.ts";
import { defineCommand } from "../command-line/command.ts";
import { VULNS_ACTIONS } from "./actions.ts";
import { VULNS_FLAGS } from "./flags.ts";
import { runVulns } from "./run-vulns.ts";

export const vulnsCommand = defineCommand({
  description: {
    fr: "Tient les données de vulnérabilités de cette machine. Elles servent ensuite sans réseau.",
    en: "Keeps this machine's vulnerability data. They are then used without a network.",
  },
  operand: {
    name: { fr: "ACTION", en: "ACTION" },
    many: true,
    choices: () => VULNS_ACTIONS.map(({ name }) => name),
    help: { fr: actionsIn("fr"), en: actionsIn("en") },
  },
  flags: VULNS_FLAGS,
  examples: [
    {
      line: { fr: "douane vulns status", en: "douane vulns status" },
      says: {
        fr: "quelles données sont là, et de quand",
        en: "which data are there, and of when",
      },
    },
  ],
  run: runVulns,
});

/** `import FILE…: what it does; status: …`. */
function actionsIn(lang: Lang): string {
  const colon = { fr: " : ", en: ": " }[lang];
  return VULNS_ACTIONS.map(({ name, operands, help }) => {
    const line = operands === undefined ? name : `${name} ${operands[lang]}`;
    return `${line}${colon}${help[lang]}`;
  }).join(" ; ");
}
