// The pods that run are the judged pods: no object among the manifests changes pods at their creation (contract 1.1).
//
//   MutatingWebhookConfiguration, MutatingAdmissionPolicy, Kyverno's mutate rules, mutations of Gatekeeper,
//   PodPreset, PodDefault that may match the workload's pods                      unproven, every row that rests on the pods
//   Kyverno's generate rules, GeneratingPolicy, Metacontroller: objects that are not judged     the same
//   a rule that generates NetworkPolicies, ResourceQuotas or PodDisruptionBudgets           fine
//   a rule that matches other resources, namespaces or labels, or only sets labels         fine
//
// The configuration of a webhook does not contain the changes made by the webhook, and patches are not applied
// here. The pods of the cluster show both.

import type { RelatedFacts } from "../../contract/related-facts.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import { POD_ROWS } from "./pod-rows.ts";
import { relatedPlace } from "./related-place.ts";

const ID = "1.1-admission-mutations";
/** Maximum number of objects named in one sentence. */
const NAMED = 3;

export const admissionMutations = defineRule({
  id: ID,
  rows: POD_ROWS,
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
    const changing = related.filter(({ effect }) => effect.is === "mutation" && effect.creates !== true);
    const creating = related.filter(({ effect }) => effect.is === "mutation" && effect.creates === true);
    if (changing.length > 0) return unproven(CHANGES, changing);
    return creating.length > 0 ? unproven(CREATES, creating) : { status: "pass", proof: NONE };
  },
});

const CHANGES: Text = {
  fr: "peut changer les pods à leur création : le manifeste ne dit plus ce qui s'exécute",
  en: "may change the pods when they are created: the manifest no longer says what runs",
};
const CREATES: Text = {
  fr: "crée à côté des pods des objets que personne n'a jugés (droits, limites, autres pods) : le manifeste ne dit plus ce qui s'exécute",
  en: "creates objects beside the pods that nobody judged (rights, limits, other pods): the manifest no longer says what runs",
};

function unproven(what: Text, objects: readonly RelatedFacts[]): Outcome {
  const more = objects.length > NAMED ? ", …" : "";
  const named = `${objects.slice(0, NAMED).map(relatedPlace).join(", ")}${more}`;
  return {
    status: "unproven",
    doubtful: true,
    reason: { fr: `${named} ${what.fr}`, en: `${named} ${what.en}` },
    settle: {
      fr: "Juger les pods tels que le cluster les a créés, et les objets à côté d'eux : kubectl get pods -o yaml | douane check -f - ; ou retirer cet objet des manifestes de l'application.",
      en: "Judge the pods as the cluster created them, and the objects beside them: kubectl get pods -o yaml | douane check -f -; or remove this object from the application's manifests.",
    },
  };
}

const NONE: Text = {
  fr: "aucun objet parmi les manifestes ne change ces pods à leur création",
  en: "no object among the manifests changes these pods when they are created",
};
