import type { Text } from "../../contract/text.ts";
import { checkAffinity, checkLabelSelector } from "./affinity.ts";
import { checkContainers, checkIds } from "./containers.ts";
import {
  checkRange,
  checkRequiredText,
  checkText,
  checkWord,
  entries,
  type Field,
  isSet,
  member,
  reject,
  type Spelling,
  textOf,
} from "./field.ts";
import { checkLabels, checkTemplateMetadata } from "./metadata.ts";
import { checkNameResolution } from "./name-resolution.ts";
import { DNS_LABEL, DNS_SUBDOMAIN, LABEL_VALUE, QUALIFIED_NAME } from "./names.ts";
import { checkVolumes } from "./volumes.ts";

const NAMES: readonly (readonly [field: string, spelling: Spelling])[] = [
  ["hostname", DNS_LABEL],
  ["subdomain", DNS_LABEL],
  ["nodeName", DNS_SUBDOMAIN],
  ["serviceAccountName", DNS_SUBDOMAIN],
  ["priorityClassName", DNS_SUBDOMAIN],
  ["runtimeClassName", DNS_SUBDOMAIN],
];

const HIGHEST_DEADLINE = 2 ** 31 - 1;

/** Checks a pod's spec. @param claims names of the claims that a StatefulSet makes for the pod */
export function checkPodSpec(spec: Field, claims: readonly string[]): void {
  const volumes = checkVolumes(member(spec, "volumes"));
  checkContainers(spec, new Set([...volumes, ...claims]));
  for (const [field, spelling] of NAMES) checkText(member(spec, field), spelling);
  checkWord(member(spec, "restartPolicy"), ["Always", "OnFailure", "Never"]);
  checkWord(member(spec, "dnsPolicy"), ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]);
  checkWord(member(spec, "preemptionPolicy"), ["PreemptLowerPriority", "Never"]);
  checkRange(member(spec, "activeDeadlineSeconds"), 1, HIGHEST_DEADLINE);
  checkLabels(member(spec, "nodeSelector"));
  checkIds(member(spec, "securityContext"));
  checkNameResolution(spec);
  checkAffinity(member(spec, "affinity"));
  for (const gate of entries(member(spec, "readinessGates")))
    checkRequiredText(member(gate, "conditionType"), QUALIFIED_NAME);
  for (const gate of entries(member(spec, "schedulingGates")))
    checkRequiredText(member(gate, "name"), QUALIFIED_NAME);
  checkWord(member(spec, "os", "name"), ["linux", "windows"]);
  checkWord(member(spec, "securityContext", "fsGroupChangePolicy"), ["OnRootMismatch", "Always"]);
  checkWord(member(spec, "securityContext", "supplementalGroupsPolicy"), ["Merge", "Strict"]);
  const shared = member(spec, "shareProcessNamespace");
  if (shared.value === true && member(spec, "hostPID").value === true) reject(shared, BESIDE_HOST);
  for (const toleration of entries(member(spec, "tolerations"))) checkToleration(toleration);
  for (const spread of entries(member(spec, "topologySpreadConstraints"))) checkSpread(spread);
}

/** Checks the template of a controller's pods. */
export function checkPodTemplate(template: Field, claims: readonly string[]): void {
  checkTemplateMetadata(member(template, "metadata"));
  checkPodSpec(member(template, "spec"), claims);
  const ephemeral = member(template, "spec", "ephemeralContainers");
  if (entries(ephemeral).length > 0) reject(ephemeral, NOT_IN_TEMPLATES);
}

function checkToleration(toleration: Field): void {
  const [key, operator, effect] = ["key", "operator", "effect"].map((name) => member(toleration, name)) as [
    Field,
    Field,
    Field,
  ];
  checkText(key, QUALIFIED_NAME);
  checkWord(effect, ["NoSchedule", "PreferNoSchedule", "NoExecute"]);
  if ((key.value ?? "") === "" && operator.value !== "Exists") reject(operator, WITHOUT_KEY);
  if (isSet(member(toleration, "tolerationSeconds")) && effect.value !== "NoExecute")
    reject(effect, WITH_SECONDS);
  const value = member(toleration, "value");
  if (operator.value !== "Exists") checkText(value, LABEL_VALUE);
  else if ((textOf(value) ?? "") !== "") reject(value, BESIDE_EXISTS);
}

function checkSpread(spread: Field): void {
  const skew = member(spread, "maxSkew");
  if (!isSet(skew)) reject(skew, { fr: "manque", en: "is missing" });
  checkRange(skew, 1);
  checkRequiredText(member(spread, "topologyKey"), QUALIFIED_NAME);
  checkWord(member(spread, "whenUnsatisfiable"), ["DoNotSchedule", "ScheduleAnyway"]);
  checkRange(member(spread, "minDomains"), 1);
  checkLabelSelector(member(spread, "labelSelector"));
}

const BESIDE_HOST: Text = { fr: "ne va pas avec hostPID", en: "cannot be set beside hostPID" };

const NOT_IN_TEMPLATES: Text = {
  fr: "n'existe pas dans un gabarit de pod",
  en: "cannot be set in a pod template",
};

const WITHOUT_KEY: Text = {
  fr: "doit être Exists quand key est vide",
  en: "must be Exists where key is empty",
};

const WITH_SECONDS: Text = {
  fr: "doit être NoExecute quand tolerationSeconds est donné",
  en: "must be NoExecute where tolerationSeconds is set",
};

const BESIDE_EXISTS: Text = {
  fr: "doit être vide quand operator vaut Exists",
  en: "must be empty where operator is Exists",
};
