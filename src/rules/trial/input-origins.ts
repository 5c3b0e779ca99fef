import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";

/** Maximum number of inputs in a message. */
const SHOWN = 20;

/** Origins of a trial's inputs that are in neither image nor manifest, for a list of conditions. */
export function inputOrigins({ inputs }: Pick<TrialFacts, "inputs">): Text {
  const { given = [], absent = [] } = inputs ?? {};
  const named = given.map(({ place, standsFor }) => {
    const name = place.replace(/^(?:env|file|mount) /, "");
    return excerpt(standsFor === undefined ? name : `${name} (${standsFor})`);
  });
  const [gave, without] = [listed(named), listed(absent.map(excerpt))];
  return {
    fr: `${gave === "" ? "" : ` ; donné par les réglages : ${gave}`}${without === "" ? "" : ` ; sans ${without}, que le cluster seul connaît`}`,
    en: `${gave === "" ? "" : `; given by the settings: ${gave}`}${without === "" ? "" : `; without ${without}, which only the cluster knows`}`,
  };
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, SHOWN).join(", ")}${names.length > SHOWN ? ", …" : ""}`;
}
