// The namespace enforces the profile Restricted (contract 1.1: the profile applies to every image, without exception).
//
//   Namespace of the workload, label pod-security.kubernetes.io/enforce
//     privileged, baseline     fail
//     restricted, no label     fine: the platform's default applies
//     another value            unproven: the API refuses the Namespace
//   enforce-version v1.20      note: that version has fewer checks
//
// Source: k8s.io/pod-security-admission, admission/namespace labels.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import type { RelatedFacts } from "../../contract/related-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { placeOf, relatedPlace, relatedTitle } from "./related-place.ts";

const ID = "1.1-namespace-enforcement";
const LABEL = "pod-security.kubernetes.io/enforce";
const LOWER: ReadonlySet<string> = new Set(["privileged", "baseline"]);

export const namespaceEnforcement = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "L'espace de noms n'abaisse pas le profil de Pod Security",
    en: "The Namespace does not lower the Pod Security profile",
  },
  why: {
    fr: "La plateforme applique Restricted à chaque pod ; un espace de noms qui demande un niveau plus bas laisse entrer tout pod privilégié créé ensuite, même par un intrus.",
    en: "The platform applies Restricted to every pod; a Namespace that asks for a lower level lets in every privileged pod that is created later, even an intruder's.",
  },
  remedy: {
    fr: `Mettre le label ${LABEL} à « restricted », ou le retirer : la plateforme l'applique elle-même.`,
    en: `Set the label ${LABEL} to \`restricted\`, or remove it: the platform applies it itself.`,
  },
  needs: ["workload"],
  check({ workload }) {
    const spaces = (workload.related ?? []).flatMap((object) =>
      object.effect.is === "enforcement" ? [{ level: "restricted", ...object.effect, object }] : [],
    );
    const findings = spaces.flatMap(({ object, level }) =>
      LOWER.has(level) ? [lowered(workload, object, level)] : [],
    );
    const notes = spaces.flatMap(({ object, version }) =>
      version === undefined || version === "latest" ? [] : [pinned(workload, object, version)],
    );
    const unknown = spaces.find(({ level }) => level !== "restricted" && !LOWER.has(level));
    if (unknown === undefined) return outcomeOf({ findings, notes }, PROOF);
    const [place, level] = [relatedPlace(unknown.object), excerpt(unknown.level)];
    return outcomeOf(
      { findings, notes },
      {
        status: "unproven",
        doubtful: true,
        reason: {
          fr: `${place} : Kubernetes refuse « ${level} » comme niveau de ${LABEL} ; le niveau appliqué n'est pas connu`,
          en: `${place}: Kubernetes refuses \`${level}\` as a level of ${LABEL}; which level is enforced is not known`,
        },
      },
    );
  },
});

const PROOF: Text = {
  fr: "aucun espace de noms parmi les manifestes n'abaisse le profil Restricted",
  en: "no Namespace among the manifests lowers the profile Restricted",
};

function lowered(workload: WorkloadFacts, object: RelatedFacts, level: string): Finding {
  const title = relatedTitle(object);
  return {
    message: {
      fr: `${title} abaisse le profil appliqué à ${level} (${LABEL})`,
      en: `${title} lowers the enforced profile to ${level} (${LABEL})`,
    },
    fingerprint: fingerprint(ID, workloadKey(workload), object.name, level),
    at: placeOf(object),
  };
}

function pinned(workload: WorkloadFacts, object: RelatedFacts, version: string): Finding {
  const [title, shown] = [relatedTitle(object), excerpt(version)];
  return {
    message: {
      fr: `${title} applique le profil de la version ${shown} (${LABEL}-version) : les contrôles ajoutés depuis n'y sont pas`,
      en: `${title} enforces the profile of version ${shown} (${LABEL}-version): checks that were added since are not part of it`,
    },
    fingerprint: fingerprint(ID, workloadKey(workload), object.name, "version", version),
    at: placeOf(object),
  };
}
