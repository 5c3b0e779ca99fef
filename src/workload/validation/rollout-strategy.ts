import type { Text } from "../../contract/text.ts";
import { checkWord, type Field, isSet, member, reject, rejectValue } from "./field.ts";

/** Checks the update strategy of a Deployment. */
export function checkStrategy(strategy: Field): void {
  const type = member(strategy, "type");
  checkWord(type, ["Recreate", "RollingUpdate"]);
  const rolling = member(strategy, "rollingUpdate");
  if (!isSet(rolling)) return;
  if (type.value === "Recreate") return reject(rolling, BESIDE_RECREATE);
  const [surge, unavailable] = [member(rolling, "maxSurge"), member(rolling, "maxUnavailable")];
  for (const count of [surge, unavailable]) checkCount(count);
  if (percentOf(unavailable) > 100) rejectValue(unavailable, { fr: "au plus 100 %", en: "at most 100%" });
  if (isNone(surge) && isNone(unavailable)) reject(unavailable, NOTHING_MOVES);
}

/** Checks a number of pods, or a percentage of them. */
function checkCount(count: Field): void {
  const { value } = count;
  const isValid =
    typeof value === "number" ? value >= 0 : typeof value !== "string" || /^\d{1,9}%$/.test(value);
  if (!isValid) {
    rejectValue(count, { fr: "un nombre ou un pourcentage (25%)", en: "a number or a percentage (25%)" });
  }
}

function percentOf({ value }: Field): number {
  return typeof value === "string" && value.endsWith("%") ? Number.parseInt(value, 10) : 0;
}

function isNone({ value }: Field): boolean {
  return value === 0 || value === "0%";
}

const BESIDE_RECREATE: Text = {
  fr: "ne va pas avec type: Recreate",
  en: "cannot be set beside type: Recreate",
};

const NOTHING_MOVES: Text = {
  fr: "ne peut pas être nul en même temps que maxSurge",
  en: "cannot be zero while maxSurge is zero",
};
