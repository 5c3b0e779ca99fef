// Every container runs under the seccomp profile RuntimeDefault (contract 1.1; Restricted: seccompProfile).
//
//   spec.securityContext.seccompProfile.type     RuntimeDefault, or no profile
//   each container's …seccompProfile.type        RuntimeDefault, or no profile when the pod has it
//   Windows pods (spec.os.name: windows)         no: the platform runs Linux
//
// Restricted admits Localhost as well; the contract requires RuntimeDefault. The annotations
// seccomp.security.alpha.kubernetes.io/* have no effect in the supported versions of Kubernetes.

import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { isWindowsPod, osPath } from "../../contract/workload-facts.ts";
import { containersOf, type Holder, podOf } from "./fields/holder.ts";
import { type Field, judgeFields, labelOf, ofContainers, pathOf, type Wrong } from "./fields/judge-fields.ts";
import { lineToAdd, lineToWrite } from "./fields/remedy-lines.ts";
import { windowsPod } from "./fields/windows-pod.ts";

const ID = "1.1-seccomp";
const FIELD = "securityContext.seccompProfile";
const TYPE = `${FIELD}.type`;
const ASKED = "{ type: RuntimeDefault }";

export const seccomp = defineRule({
  id: ID,
  rows: ["seccomp"],
  title: {
    fr: "Chaque conteneur s'exécute sous le profil seccomp RuntimeDefault",
    en: "Every container runs under the seccomp profile RuntimeDefault",
  },
  why: {
    fr: "Sans profil, un conteneur peut effectuer plus de 300 appels système. RuntimeDefault ferme ceux par lesquels passent la plupart des évasions ; un profil Localhost dépend de fichiers que chaque nœud a ou n'a pas.",
    en: "Without a profile a container can make more than 300 system calls. RuntimeDefault closes those that most escapes go through; a Localhost profile depends on files that a node has or has not.",
  },
  remedy: {
    fr: "Ajouter « seccompProfile: { type: RuntimeDefault } » au securityContext du pod.",
    en: "Add `seccompProfile: { type: RuntimeDefault }` to the pod's securityContext.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    if (isWindowsPod(workload)) return windowsPod(ID, workload);
    const os = osPath(workload);
    const pod = podOf(workload);
    const ofPod = pod.spec.securityContext?.seccompProfile;
    const inherited = ofPod === undefined ? missingIn(pod) : undefined;
    const fields = containersOf(workload).map((holder): Field => {
      const profile = holder.spec.securityContext?.seccompProfile;
      if (profile !== undefined)
        return { holder, name: TYPE, also: [os], wrong: wrongIn(holder, profile.type) };
      return { holder, name: TYPE, also: [os, pathOf(pod, TYPE)], wrong: inherited };
    });
    const own: Field = {
      holder: pod,
      name: TYPE,
      also: [os],
      wrong: ofPod === undefined ? undefined : wrongIn(pod, ofPod.type),
    };
    return judgeFields(ID, workload, [own, ...ofContainers(workload, fields)], {
      fr: "le profil seccomp RuntimeDefault vaut pour chaque conteneur",
      en: "the seccomp profile RuntimeDefault holds for every container",
    });
  },
});

function wrongIn(holder: Holder, type = ""): Wrong | undefined {
  if (type === "RuntimeDefault") return undefined;
  return {
    value: type,
    message: messageOf(labelOf(holder, TYPE), type),
    remedy: lineToWrite(holder, FIELD, ASKED),
  };
}

function messageOf(label: string, type: string): Text {
  if (type === "") return { fr: `${label} manque`, en: `${label} is missing` };
  if (type === "Localhost") {
    return {
      fr: `${label} vaut Localhost : le profil Restricted admet RuntimeDefault et Localhost, le contrat exige RuntimeDefault`,
      en: `${label} is Localhost: the Restricted profile allows RuntimeDefault and Localhost, the contract asks for RuntimeDefault`,
    };
  }
  return {
    fr: `${label} vaut ${excerpt(type)} : le contrat exige RuntimeDefault`,
    en: `${label} is ${excerpt(type)}: the contract asks for RuntimeDefault`,
  };
}

function missingIn(pod: Holder): Wrong {
  return {
    value: "absent",
    message: {
      fr: "ni le pod ni le conteneur ne fixent de profil seccomp : il n'y en a donc aucun",
      en: "no seccomp profile is set, on the pod or on the container",
    },
    remedy: lineToAdd(pod, FIELD, ASKED),
  };
}
