import type { Text } from "../../contract/text.ts";
import { checkVariableSources, checkVariables } from "./environment-variables.ts";
import {
  checkRequiredText,
  checkWord,
  entries,
  type Field,
  member,
  numberOf,
  reject,
  textOf,
} from "./field.ts";
import { checkHooks, checkProbes, refuseHandlers } from "./handlers.ts";
import { checkMounts } from "./mounts.ts";
import { DNS_LABEL } from "./names.ts";
import { checkPorts, DUPLICATE } from "./ports.ts";
import { checkResources } from "./resources.ts";

/** Checks the containers in all lists of a pod, whose names must be unique across the lists. */
export function checkContainers(spec: Field, volumes: ReadonlySet<string>): void {
  const names = new Set<string>();
  const onHost = member(spec, "hostNetwork").value === true;
  for (const container of entries(member(spec, "containers"))) {
    checkContainer(container, { names, volumes, onHost });
    checkProbes(container);
    checkHooks(container);
  }
  for (const container of entries(member(spec, "initContainers"))) {
    checkContainer(container, { names, volumes, onHost: false });
    if (member(container, "restartPolicy").value === "Always") {
      checkProbes(container);
      checkHooks(container);
    } else refuseHandlers(container);
  }
  const targets = new Set(names);
  for (const container of entries(member(spec, "ephemeralContainers"))) {
    checkContainer(container, { names, volumes, onHost: false });
    const target = member(container, "targetContainerName");
    if (!targets.has(textOf(target) ?? "") && (target.value ?? "") !== "") reject(target, NO_TARGET);
  }
}

interface OfPod {
  /** Names of the containers so far. */
  readonly names: Set<string>;
  readonly volumes: ReadonlySet<string>;
  readonly onHost: boolean;
}

function checkContainer(container: Field, { names, volumes, onHost }: OfPod): void {
  const name = member(container, "name");
  checkRequiredText(name, DNS_LABEL);
  const text = textOf(name) ?? "";
  if (names.has(text)) reject(name, DUPLICATE);
  if (text !== "") names.add(text);
  checkWord(member(container, "imagePullPolicy"), ["Always", "IfNotPresent", "Never"]);
  checkWord(member(container, "restartPolicy"), ["Always", "OnFailure", "Never"]);
  checkWord(member(container, "terminationMessagePolicy"), ["File", "FallbackToLogsOnError"]);
  checkPorts(member(container, "ports"), onHost);
  checkVariables(member(container, "env"));
  checkVariableSources(member(container, "envFrom"));
  checkResources(member(container, "resources"));
  checkMounts(container, volumes);
  checkIds(member(container, "securityContext"));
}

/** Highest user or group id (apimachinery, IsValidUserID). */
const HIGHEST_ID = 2 ** 31 - 1;

/** Checks the ids in a securityContext of a pod or container. */
export function checkIds(context: Field): void {
  const ids = ["runAsUser", "runAsGroup", "fsGroup"].map((key) => member(context, key));
  for (const id of [...ids, ...entries(member(context, "supplementalGroups"))]) {
    const number = numberOf(id);
    if (number !== undefined && (number < 0 || number > HIGHEST_ID)) reject(id, NO_ID);
  }
}

const NO_ID: Text = {
  fr: `n'est pas un identifiant de 0 à ${HIGHEST_ID}`,
  en: `is not an id from 0 to ${HIGHEST_ID}`,
};

const NO_TARGET: Text = { fr: "ne nomme aucun conteneur du pod", en: "names no container of the pod" };
