// Observations of effects of the manifests on other namespaces; never a refusal, since the contract limits the effects
// of an image, and these objects act by the rights of the person who applies them.
//
//   a NetworkPolicy, ResourceQuota or LimitRange for a namespace without a workload of the run        note
//   a Secret or ConfigMap that a controller copies from, or to, another namespace                     note
//   a claim whose content comes from another namespace (dataSourceRef)                                note
//   an Ingress or a route to a Service that is only an alias of another host (ExternalName)           note

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { OtherNamespaceEffect, RelatedFacts } from "../../contract/related-facts.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { placeOf, relatedTitle } from "./related-place.ts";

const ID = "1.1-other-namespaces";

export const otherNamespaces = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Ce que les manifestes demandent à d'autres espaces de noms est signalé",
    en: "Requests of the manifests to other namespaces are reported",
  },
  why: {
    fr: "Une NetworkPolicy posée chez un autre coupe son trafic, un Secret copié fait entrer ou sortir des valeurs qu'aucun manifeste ne montre : la plateforme doit le savoir, même si l'image n'y peut rien.",
    en: "A NetworkPolicy in another's namespace cuts its traffic, a copied Secret brings in or gives out values that no manifest shows: the platform has to know, although the image has no part in it.",
  },
  remedy: {
    fr: "Laisser chaque objet dans les manifestes de l'application dont il porte l'espace de noms.",
    en: "Keep each object among the manifests of the application whose namespace it names.",
  },
  needs: ["workload"],
  check({ workload }): Outcome {
    const notes = (workload.related ?? []).flatMap((object) => noteOf(workload, object));
    return { status: "pass", proof: PROOF, ...(notes.length === 0 ? {} : { notes }) };
  },
});

const PROOF: Text = {
  fr: "les copies, politiques et renvois vers d'autres espaces de noms ont été cherchés",
  en: "copies, policies and references for other namespaces were looked for",
};

function noteOf(workload: WorkloadFacts, object: RelatedFacts): readonly Finding[] {
  const { effect } = object;
  if (effect.is !== "other-namespace") return [];
  return [
    {
      message: MESSAGES[effect.does](relatedTitle(object), excerpt(effect.target)),
      fingerprint: fingerprint(ID, workloadKey(workload), object.kind, object.name, effect.target),
      at: placeOf(object),
    },
  ];
}

const MESSAGES: Readonly<Record<OtherNamespaceEffect["does"], (title: string, target: string) => Text>> = {
  placed: (title, target) => ({
    fr: `${title} s'applique aux pods de l'espace de noms ${target}, où aucun workload n'est jugé ici`,
    en: `${title} applies to the pods of namespace ${target}, of which no workload is judged here`,
  }),
  takes: (title, target) => ({
    fr: `un contrôleur remplit ${title} avec le contenu de ${target} : ses valeurs ne sont pas dans les manifestes`,
    en: `a controller fills ${title} with the content of ${target}: its values are not among the manifests`,
  }),
  gives: (title, target) => ({
    fr: `un contrôleur copie ${title} dans d'autres espaces de noms (${target})`,
    en: `a controller copies ${title} to other namespaces (${target})`,
  }),
  clones: (title, target) => ({
    fr: `${title} naît du contenu de ${target}, d'un autre espace de noms`,
    en: `${title} begins with the content of ${target}, of another namespace`,
  }),
  leads: (title, target) => ({
    fr: `${title} mène, par un Service ExternalName, à ${target}, et non à ces pods`,
    en: `${title} leads, through an ExternalName Service, to ${target} and not to these pods`,
  }),
};
