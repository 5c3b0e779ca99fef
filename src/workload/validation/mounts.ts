import type { Text } from "../../contract/text.ts";
import { checkText, checkWord, entries, type Field, member, reject, rejectMissing, textOf } from "./field.ts";
import { INNER_PATH } from "./names.ts";

/** @param volumes names of the pod's volumes and, for a StatefulSet, of its claims */
export function checkMounts(container: Field, volumes: ReadonlySet<string>): void {
  const taken = new Set<string>();
  for (const mount of entries(member(container, "volumeMounts"))) {
    checkPlace(mount, "mountPath", { volumes, taken });
    const [subPath, expression] = [member(mount, "subPath"), member(mount, "subPathExpr")];
    checkText(subPath, INNER_PATH);
    checkText(expression, INNER_PATH);
    if ((subPath.value ?? "") !== "" && (expression.value ?? "") !== "") reject(expression, BESIDE);
    checkWord(member(mount, "mountPropagation"), ["None", "HostToContainer", "Bidirectional"]);
  }
  for (const device of entries(member(container, "volumeDevices"))) {
    checkPlace(device, "devicePath", { volumes, taken });
  }
}

interface Places {
  readonly volumes: ReadonlySet<string>;
  /** Paths of the container so far. */
  readonly taken: Set<string>;
}

function checkPlace(mount: Field, key: "mountPath" | "devicePath", { volumes, taken }: Places): void {
  const name = member(mount, "name");
  const path = member(mount, key);
  if ((name.value ?? "") === "") rejectMissing(name);
  else if (!volumes.has(textOf(name) ?? "")) reject(name, UNKNOWN);
  if ((path.value ?? "") === "") return rejectMissing(path);
  const text = textOf(path);
  if (text === undefined) return;
  if (taken.has(text)) reject(path, TWICE);
  taken.add(text);
}

const BESIDE: Text = { fr: "ne va pas avec subPath", en: "cannot be set beside subPath" };

const UNKNOWN: Text = { fr: "ne nomme aucun volume du pod", en: "names no volume of the pod" };

const TWICE: Text = { fr: "est déjà pris par un autre montage", en: "is already taken by another mount" };
