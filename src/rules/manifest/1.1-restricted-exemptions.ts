// No other object exempts the workload's pods from the profile Restricted (contract 1.1: the profile applies to every
// image, without exception). The label of the Namespace is judged by 1.1-namespace-enforcement.
//
//   SecurityContextConstraints that allow more and name the pods' account; rights to `use` privileged, anyuid, …   fail
//   rights to `use` constraints that are not OpenShift's own                                                       unproven
//   restricted-v2, nonroot-v2                                                                                      fine
//   rights to change the own Namespace's labels and to create pods there, if the pod holds the account's token      fail
//   the same without a token, or only one of the two rights                                                        fine
//   PodSecurityConfiguration that exempts the namespace, or enforces less by default                               fail
//   PodSecurityConfiguration that exempts users or runtime classes                                                 unproven
//   HNC, an Argo CD Application that label the namespace privileged or baseline                                    fail
//   Capsule, an ApplicationSet, Kyverno that may set such a label                                                  unproven
//
// Source: https://kubernetes.io/docs/concepts/security/pod-security-admission/#exemptions

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import type { RelatedFacts } from "../../contract/related-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { placeOf, relatedPlace, relatedTitle } from "./related-place.ts";
import { changesNamespace, changesWorkloads } from "./rights/own-namespace.ts";
import { usableConstraints } from "./rights/security-context-constraints.ts";
import { hasToken } from "./rights/service-account-token.ts";

const ID = "1.1-restricted-exemptions";

/** Exemption, identified by the field or the constraints that grant it. */
interface Exemption {
  readonly object: RelatedFacts;
  readonly by: string;
  readonly isCertain: boolean;
}

export const restrictedExemptions = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Rien n'exempte les pods du profil Restricted",
    en: "Nothing exempts the pods from the profile Restricted",
  },
  why: {
    fr: "Le manifeste est conforme aujourd'hui ; une exemption laisse entrer sous le même compte, ou dans le même espace de noms, tout pod privilégié créé ensuite, même par un intrus.",
    en: "The manifest conforms today; an exemption lets in every privileged pod that is created later under the same account or in the same namespace, even an intruder's.",
  },
  remedy: {
    fr: "Retirer cette exemption : un pod conforme à Restricted n'en a pas besoin.",
    en: "Remove this exemption: a pod that conforms to Restricted needs none.",
  },
  needs: ["workload"],
  check({ workload }) {
    const exemptions = [...(workload.related ?? []).flatMap(exemptionsOf), ...byOwnNamespace(workload)];
    const findings = exemptions
      .filter(({ isCertain }) => isCertain)
      .map((exemption) => findingOf(workload, exemption));
    const doubt = exemptions.find(({ isCertain }) => !isCertain);
    return outcomeOf({ findings }, doubt === undefined ? PROOF : unproven(doubt));
  },
});

const PROOF: Text = {
  fr: "aucun objet parmi les manifestes n'exempte ces pods du profil Restricted",
  en: "no object among the manifests exempts these pods from the profile Restricted",
};

function exemptionsOf(object: RelatedFacts): readonly Exemption[] {
  const { effect } = object;
  if (effect.is === "exemption") {
    return [{ object, by: effect.field, isCertain: effect.holds === "these-pods" }];
  }
  if (effect.is !== "rights") return [];
  const { permissive, unknown } = usableConstraints(effect);
  const named = (names: readonly string[], isCertain: boolean) =>
    names.map((name) => ({ object, by: `SecurityContextConstraints ${name}`, isCertain }));
  return [...named(permissive, true), ...named(unknown, false)];
}

/**
 * Rights of the pods, or of all users, to exempt the pods' Namespace from Restricted and to change workloads
 * in it.
 */
function byOwnNamespace(workload: WorkloadFacts): readonly Exemption[] {
  const isHeld = hasToken(workload);
  const used = (workload.related ?? []).flatMap((object) => {
    const { effect } = object;
    if (effect.is !== "rights" || effect.scope !== "namespace") return [];
    const isUsable = isHeld || effect.openTo !== undefined || effect.tokenSecret !== undefined;
    return isUsable ? [{ object, effect }] : [];
  });
  if (!used.some(({ effect }) => changesWorkloads(effect))) return [];
  return used
    .filter(({ effect }) => changesNamespace(effect, workload.namespace))
    .map(({ object, effect }) => ({
      object,
      by: `namespaces: patch, update (${effect.role})`,
      isCertain: true,
    }));
}

function findingOf(workload: WorkloadFacts, { object, by }: Exemption): Finding {
  const [title, shown] = [relatedTitle(object), excerpt(by)];
  return {
    message: {
      fr: `${title} exempte ces pods du profil Restricted (${shown})`,
      en: `${title} exempts these pods from the profile Restricted (${shown})`,
    },
    fingerprint: fingerprint(ID, workloadKey(workload), object.kind, object.name, by),
    at: placeOf(object),
  };
}

function unproven({ object, by }: Exemption) {
  const [place, shown] = [relatedPlace(object), excerpt(by)];
  return {
    status: "unproven",
    doubtful: true,
    reason: {
      fr: `${place} peut exempter ces pods du profil Restricted (${shown})`,
      en: `${place} may exempt these pods from the profile Restricted (${shown})`,
    },
    settle: {
      fr: "Retirer cet objet des manifestes de l'application, ou nommer dans l'objet l'espace de noms qu'il concerne.",
      en: "Remove this object from the application's manifests, or name in it the namespace that it concerns.",
    },
  } as const;
}
