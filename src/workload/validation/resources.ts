import { quoted } from "../../contract/shown.ts";
import { type Field, isSet, member, pairs, reject, rejectMissing, rejectValue } from "./field.ts";
import { QUALIFIED_NAME } from "./names.ts";
import { amountOf, isMore } from "./quantity.ts";

const STANDARD = ["cpu", "memory", "ephemeral-storage"];

/** Checks names; amounts, which must not be negative; and requests, which must not exceed their limits. */
export function checkResources(resources: Field): void {
  const limits = member(resources, "limits");
  for (const [name, limit] of pairs(limits)) checkResource(name, limit);
  for (const [name, request] of pairs(member(resources, "requests"))) {
    checkResource(name, request);
    checkAgainst(request, member(limits, name), isShared(name));
  }
}

function checkResource(name: string, amount: Field): void {
  const isName = name.includes("/")
    ? QUALIFIED_NAME.isValid(name) && !name.startsWith("requests.")
    : STANDARD.includes(name) || name.startsWith("hugepages-");
  if (!isName) {
    reject(amount, {
      fr: "n'est pas une ressource de conteneur (cpu, memory, ephemeral-storage)",
      en: "is not a resource of containers (cpu, memory, ephemeral-storage)",
    });
  }
  if (amountOf(amount.value) < 0) rejectValue(amount, { fr: "au moins 0", en: "at least 0" });
}

function checkAgainst(request: Field, limit: Field, isOfNode: boolean): void {
  if (!isSet(limit)) {
    if (!isOfNode) rejectMissing(limit);
    return;
  }
  const [asked, most] = [amountOf(request.value), amountOf(limit.value)];
  const shown = quoted(String(limit.value));
  if (isMore(asked, most)) {
    rejectValue(request, { fr: `au plus la limite, ${shown}`, en: `at most the limit, ${shown}` });
  } else if (!isOfNode && isMore(most, asked)) {
    rejectValue(request, { fr: `la limite, ${shown}`, en: `the limit, ${shown}` });
  }
}

/** Whether a resource may be overcommitted on a node. */
function isShared(name: string): boolean {
  return STANDARD.includes(name) || /^(?:[^/]+\.)?kubernetes\.io\//.test(name);
}
