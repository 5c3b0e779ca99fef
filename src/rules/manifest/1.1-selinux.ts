// SELinux keeps its container types (contract 1.1; Restricted: seLinuxOptions).
//
//   seLinuxOptions.type of the pod and of each container    "", container_t, container_init_t,
//                                                           container_kvm_t; container_engine_t from 1.31 on
//   seLinuxOptions.user, .role                              "" or absent

import type { ClusterFacts } from "../../contract/evidence.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { type Holder, holdersOf } from "./fields/holder.ts";
import { type Field, judgeFields, labelOf, ofContainers } from "./fields/judge-fields.ts";
import { policyVersion } from "./fields/pod-security-version.ts";
import { lineToRemove } from "./fields/remedy-lines.ts";

const ID = "1.1-selinux";
const TYPES: readonly string[] = ["", "container_t", "container_init_t", "container_kvm_t"];
const ENGINE = "container_engine_t";

export const seLinux = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Aucun conteneur ne change de contexte SELinux hors des types admis",
    en: "No container leaves the allowed SELinux types",
  },
  why: {
    fr: "Un type comme spc_t, un utilisateur ou un rôle SELinux au choix retirent les barrières que SELinux met entre le conteneur et le nœud.",
    en: "A type such as spc_t, or an SELinux user or role of one's own, removes the barriers that SELinux puts between the container and the node.",
  },
  remedy: {
    fr: "Retirer seLinuxOptions.type, .user et .role ; level reste permis.",
    en: "Remove seLinuxOptions.type, .user and .role; level stays allowed.",
  },
  needs: ["workload", "cluster"],
  check({ workload, cluster }) {
    const fields = holdersOf(workload).flatMap((holder) => optionsOf(holder, cluster));
    const version = policyVersion(cluster);
    return judgeFields(ID, workload, ofContainers(workload, fields), {
      fr: `aucun contexte SELinux hors des types admis par Pod Security ${version}`,
      en: `no SELinux context outside the types that Pod Security ${version} allows`,
    });
  },
});

/** Types that Restricted allows in Kubernetes 1.minor. */
export function seLinuxTypes(minor: number): readonly string[] {
  return minor >= 31 ? [...TYPES, ENGINE] : TYPES;
}

function optionsOf(holder: Holder, cluster: ClusterFacts): readonly Field[] {
  const { type = "", user = "", role = "" } = holder.spec.securityContext?.seLinuxOptions ?? {};
  const allowed = seLinuxTypes(cluster.minor).includes(type);
  return [
    option(holder, "type", allowed ? "" : type, policyVersion(cluster)),
    option(holder, "user", user, policyVersion(cluster)),
    option(holder, "role", role, policyVersion(cluster)),
  ];
}

/** @param value the wrong value; empty if the option is right */
function option(holder: Holder, key: string, value: string, version: string): Field {
  const name = `securityContext.seLinuxOptions.${key}`;
  if (value === "") return { holder, name };
  const label = labelOf(holder, name);
  const message = {
    fr: `${label} vaut ${excerpt(value)}, que Pod Security ${version} n'admet pas`,
    en: `${label} is ${excerpt(value)}, which Pod Security ${version} does not allow`,
  };
  return { holder, name, wrong: { value, message, remedy: lineToRemove(holder, name, value) } };
}
