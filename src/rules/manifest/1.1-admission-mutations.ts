// What runs is what was judged: no object among the manifests changes pods when they are created (contract 1.1).
//
//   MutatingWebhookConfiguration, MutatingAdmissionPolicy, Kyverno's mutate rules, mutations of Gatekeeper,
//   PodPreset, PodDefault that may match the workload's pods                      unproven, every row that rests on the pods
//   one that matches other resources, namespaces or labels; one that sets labels alone     fine
//
// What a webhook changes is not in its configuration, and patches are not applied: the pods of the cluster
// show it.

import { defineRule, type Outcome } from "../../contract/rule.ts";
import { relatedPlace } from "./related-place.ts";

const ID = "1.1-admission-mutations";
/** Most objects named in one sentence. */
const NAMED = 3;

export const admissionMutations = defineRule({
  id: ID,
  rows: [
    "no-host-access",
    "non-root",
    "no-escalation",
    "seccomp",
    "read-only-root",
    "stdout-logs",
    "no-baked-state",
    "bind-all",
    "health",
    "env-config",
    "stateless",
  ],
  title: {
    fr: "Aucun objet des manifestes ne change les pods à leur création",
    en: "No object of the manifests changes pods when they are created",
  },
  why: {
    fr: "Une mutation peut ajouter hostNetwork, un conteneur ou une variable à un pod dont le manifeste est conforme : ce qui s'exécute n'est plus ce qui a été jugé.",
    en: "A mutation can add hostNetwork, a container or a variable to a pod whose manifest conforms: what runs is no longer what was judged.",
  },
  remedy: {
    fr: "Retirer cet objet des manifestes de l'application, ou le restreindre à d'autres ressources, puis relancer douane.",
    en: "Remove this object from the application's manifests, or restrict it to other resources, then run douane again.",
  },
  needs: ["workload"],
  check({ workload: { related = [] } }): Outcome {
    const mutations = related.filter(({ effect }) => effect.is === "mutation");
    if (mutations.length === 0) return { status: "pass", proof: NONE };
    const more = mutations.length > NAMED ? ", …" : "";
    const named = `${mutations.slice(0, NAMED).map(relatedPlace).join(", ")}${more}`;
    return {
      status: "unproven",
      doubtful: true,
      reason: {
        fr: `${named} peut changer les pods à leur création : le manifeste ne dit plus ce qui s'exécute`,
        en: `${named} may change the pods when they are created: the manifest no longer says what runs`,
      },
      settle: {
        fr: "Juger les pods tels que le cluster les a créés : kubectl get pods -o yaml | douane check -f - ; ou retirer cet objet des manifestes de l'application.",
        en: "Judge the pods as the cluster created them: kubectl get pods -o yaml | douane check -f -; or remove this object from the application's manifests.",
      },
    };
  },
});

const NONE = {
  fr: "aucun objet parmi les manifestes ne change ces pods à leur création",
  en: "no object among the manifests changes these pods when they are created",
};
