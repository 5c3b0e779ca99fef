// Only safe sysctls are set (contract 1.1; Restricted: sysctls).
//
//   spec.securityContext.sysctls[*].name     one of the list below; the list grew with 1.27, 1.29, 1.32 and 1.37

import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { isSafeSysctl } from "../../start/safe-sysctls.ts";
import { podOf } from "./fields/holder.ts";
import { type Field, judgeFields } from "./fields/judge-fields.ts";
import { policyVersion } from "./fields/pod-security-version.ts";

const ID = "1.1-sysctls";

export const sysctls = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Le pod ne change que des sysctls sûrs",
    en: "The pod changes safe sysctls only",
  },
  why: {
    fr: "Un sysctl qui n'est pas propre au pod modifie le noyau de tout le nœud, et touche donc les pods des autres.",
    en: "A sysctl outside the pod's own namespaces changes the kernel of the whole node, and so affects other teams' pods.",
  },
  remedy: {
    fr: "Retirer ce sysctl du securityContext du pod.",
    en: "Remove this sysctl from the pod's securityContext.",
  },
  needs: ["workload", "cluster"],
  check({ workload, cluster }) {
    const holder = podOf(workload);
    const version = policyVersion(cluster);
    const fields = (holder.spec.securityContext?.sysctls ?? []).map(({ name: sysctl = "" }, index): Field => {
      const name = `securityContext.sysctls[${index}].name`;
      if (isSafeSysctl(sysctl, cluster.minor)) return { holder, name };
      const shown = sysctl === "" ? '""' : excerpt(sysctl);
      const message = {
        fr: `le sysctl ${shown} n'est pas de ceux que Pod Security ${version} tient pour sûrs`,
        en: `the sysctl ${shown} is not among those that Pod Security ${version} holds to be safe`,
      };
      const list = `${holder.path}.securityContext.sysctls`;
      const remedy = { fr: `Retirer ${shown} de ${list}.`, en: `Remove ${shown} from ${list}.` };
      return { holder, name, wrong: { value: sysctl, message, remedy } };
    });
    const list = { holder, name: "securityContext.sysctls[*]" };
    return judgeFields(ID, workload, [...fields, list], {
      fr: `aucun sysctl hors de ceux que Pod Security ${version} tient pour sûrs`,
      en: `no sysctl but those that Pod Security ${version} holds to be safe`,
    });
  },
});
