// AppArmor stays on (contract 1.1; Restricted: appArmorProfile).
//
//   appArmorProfile.type of the pod and of each container              RuntimeDefault, Localhost; or no profile
//   annotations container.apparmor.security.beta.kubernetes.io/*       "", runtime/default, localhost/*
//
// The annotations are deprecated since 1.30, but still have an effect.

import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { podField, type WorkloadFacts } from "../../contract/workload-facts.ts";
import { type Holder, holdersOf } from "./fields/holder.ts";
import { type Field, judgeFields, labelOf, ofContainers } from "./fields/judge-fields.ts";
import { lineToWrite } from "./fields/remedy-lines.ts";

const ID = "1.1-apparmor";
const FIELD = "securityContext.appArmorProfile";
/** Types of a profile that Restricted allows. */
export const APPARMOR_TYPES: readonly string[] = ["RuntimeDefault", "Localhost"];
/** Prefix of the annotations of Kubernetes < 1.30, which the container's name follows. */
export const APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

export const appArmor = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Aucun conteneur ne quitte son profil AppArmor",
    en: "No container gives up its AppArmor profile",
  },
  why: {
    fr: "Le profil par défaut d'AppArmor interdit les montages et les écritures dans /proc et /sys du nœud. Sans lui (Unconfined), une faille du conteneur va plus loin.",
    en: "AppArmor's default profile forbids mounts and writes to the node's /proc and /sys. Without it (Unconfined), a vulnerability in the container reaches further.",
  },
  remedy: {
    fr: "Retirer appArmorProfile, ou lui donner le type RuntimeDefault.",
    en: "Remove appArmorProfile, or give it the type RuntimeDefault.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    const fields = [...holdersOf(workload).map(profileOf), ...annotationsOf(workload)];
    return judgeFields(ID, workload, ofContainers(workload, fields), {
      fr: "aucun profil AppArmor autre que RuntimeDefault ou Localhost",
      en: "no AppArmor profile other than RuntimeDefault or Localhost",
    });
  },
});

function profileOf(holder: Holder): Field {
  const name = `${FIELD}.type`;
  const profile = holder.spec.securityContext?.appArmorProfile;
  if (profile === undefined || APPARMOR_TYPES.includes(profile.type ?? "")) return { holder, name };
  const { type = "" } = profile;
  const label = labelOf(holder, name);
  const message =
    type === ""
      ? { fr: `${label} manque`, en: `${label} is missing` }
      : {
          fr: `${label} vaut ${excerpt(type)} : AppArmor ne protège plus`,
          en: `${label} is ${excerpt(type)}: AppArmor no longer protects`,
        };
  return {
    holder,
    name,
    wrong: { value: type, message, remedy: lineToWrite(holder, FIELD, "{ type: RuntimeDefault }") },
  };
}

function annotationsOf(workload: WorkloadFacts): readonly Field[] {
  const holder = { path: podField(workload, "metadata"), prefix: "metadata.", spec: {} };
  const fields = Object.entries(workload.pod.annotations)
    .filter(([key, value]) => key.startsWith(APPARMOR_ANNOTATION) && !isAllowed(value))
    .map(([key, value]): Field => {
      const name = `annotations[${JSON.stringify(key)}]`;
      return {
        holder,
        name,
        wrong: {
          value,
          message: {
            fr: `l'annotation ${excerpt(key)} vaut ${excerpt(value)} : AppArmor ne protège plus`,
            en: `the annotation ${excerpt(key)} is ${excerpt(value)}: AppArmor no longer protects`,
          },
          remedy: {
            fr: `Retirer « ${excerpt(key)}: ${excerpt(value)} » sous ${holder.path}.annotations.`,
            en: `Remove \`${excerpt(key)}: ${excerpt(value)}\` under ${holder.path}.annotations.`,
          },
        },
      };
    });
  return [...fields, { holder, name: "annotations[*]" }, ...unreadAnnotations(workload, holder)];
}

/** AppArmor annotations whose value is not a text. */
function unreadAnnotations({ invalid }: WorkloadFacts, holder: Holder<object>): readonly Field[] {
  const prefix = `${holder.path}.annotations["${APPARMOR_ANNOTATION}`;
  return invalid
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path }) => ({ holder, name: path.slice(holder.path.length + 1) }));
}

function isAllowed(profile: string): boolean {
  return profile === "" || profile === "runtime/default" || profile.startsWith("localhost/");
}
