// The API server sends the application no objects of other applications (contract 1.1: an image must not be able to
// affect other applications or the platform). A webhook reads the objects that it receives, also Secrets, and may
// refuse or change them.
//
//   a webhook for Kubernetes' resources of other namespaces or of the cluster, whose Service selects the pods  fail
//   an APIService for an API group of Kubernetes, whose Service selects the pods                           fail
//   such a webhook, narrowed by matchConditions or by labels of objects or namespaces                      unproven
//   a webhook for custom resources that no CustomResourceDefinition of the manifests defines               unproven
//   a webhook, a conversion or an aggregated API for kinds of a known product                              unproven
//   a Service that is not among the manifests, or a URL that names no Service: either may lead to the pods unproven
//   a webhook, a conversion or an aggregated API for kinds that the manifests define                       note
//   a webhook for the application's own namespace; a Service of other pods                                 fine
//
// Source: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/

import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import type { ApiExtensionEffect, RelatedFacts } from "../../contract/related-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { placeOf, relatedPlace, relatedTitle } from "./related-place.ts";

const ID = "1.1-api-extensions";

interface Extension {
  readonly object: RelatedFacts;
  readonly effect: ApiExtensionEffect;
}

export const apiExtensions = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Le serveur d'API ne remet pas à l'application les objets des autres",
    en: "The API server hands the application no objects of others",
  },
  why: {
    fr: "Un webhook reçoit en entier les objets qu'il intercepte, Secrets compris, et décide de ce qui est admis : qui prend la main dans le conteneur lit et change les autres applications, sans aucun droit RBAC.",
    en: "A webhook receives the objects that it intercepts in full, Secrets included, and decides what is admitted: whoever breaks into the container reads and changes other applications, without any RBAC right.",
  },
  remedy: {
    fr: "Restreindre le webhook à l'espace de noms de l'application (namespaceSelector sur kubernetes.io/metadata.name, `scope: Namespaced`) ou aux genres qu'elle définit, ou retirer cet objet de ses manifestes.",
    en: "Restrict the webhook to the application's namespace (namespaceSelector on kubernetes.io/metadata.name, `scope: Namespaced`) or to the kinds that it defines, or remove this object from its manifests.",
  },
  needs: ["workload"],
  check({ workload }) {
    const extensions = (workload.related ?? []).flatMap((object): readonly Extension[] =>
      object.effect.is === "api-extension" ? [{ object, effect: object.effect }] : [],
    );
    const { findings, notes } = sortFindings(extensions.flatMap((one) => judge(workload, one)));
    const doubt = extensions.find(isOpen);
    return outcomeOf({ findings, notes }, doubt === undefined ? PROOF : unproven(doubt));
  },
});

const PROOF: Text = {
  fr: "aucun webhook ni API agrégée parmi les manifestes ne remet à ces pods les objets des autres",
  en: "no webhook or aggregated API among the manifests hands these pods objects of others",
};

function isCertain({ effect: { owner, target } }: Extension): boolean {
  return owner === "others" && target === "these-pods";
}

function isOpen(extension: Extension): boolean {
  const { owner } = extension.effect;
  return (owner === "others" || owner === "perhaps-others") && !isCertain(extension);
}

function judge(workload: WorkloadFacts, extension: Extension): readonly JudgedOne[] {
  const { object, effect } = extension;
  if (isOpen(extension) || effect.owner === "own-namespace") return [];
  return [
    {
      refutes: isCertain(extension),
      finding: {
        message: effect.owner === "others" ? handed(extension) : ofOwnKinds(extension),
        fingerprint: fingerprint(ID, workloadKey(workload), object.kind, object.name, effect.field),
        at: placeOf(object),
      },
    },
  ];
}

function handed({ object, effect }: Extension): Text {
  const [title, what] = [relatedTitle(object), sent(effect)];
  const changes =
    effect.changes === true
      ? { fr: ", que l'application peut changer", en: ", which the application may change" }
      : { fr: ", que l'application peut refuser", en: ", which the application may refuse" };
  return {
    fr: `${title} (${excerpt(effect.field)}) remet à ces pods des objets d'autres applications ou du cluster (${what})${changes.fr}`,
    en: `${title} (${excerpt(effect.field)}) hands these pods objects of other applications or of the cluster (${what})${changes.en}`,
  };
}

function ofOwnKinds({ object, effect }: Extension): Text {
  const [title, what] = [relatedTitle(object), sent(effect)];
  return {
    fr: `${title} (${excerpt(effect.field)}) remet à ces pods les objets de tous les espaces de noms d'un genre que définissent les manifestes (${what})`,
    en: `${title} (${excerpt(effect.field)}) hands these pods the objects, of every namespace, of a kind that the manifests define (${what})`,
  };
}

/** Resources in parentheses, or the mechanism where none are named. */
function sent({ resources, by }: ApiExtensionEffect): string {
  return resources.length === 0 ? by : excerpt(resources.join(", "));
}

function unproven({ object, effect }: Extension) {
  const [place, field, what] = [relatedPlace(object), excerpt(effect.field), sent(effect)];
  const isReached = effect.target === "these-pods";
  return {
    status: "unproven",
    doubtful: true,
    reason: isReached
      ? {
          fr: `${place} (${field}) remet à ces pods des objets (${what}) dont les manifestes ne disent pas s'ils sont à l'application`,
          en: `${place} (${field}) hands these pods objects (${what}) of which the manifests do not say whether they are the application's`,
        }
      : {
          fr: `${place} (${field}) remet des objets (${what}) à un Service ou à une URL derrière lesquels ces pods peuvent se trouver`,
          en: `${place} (${field}) hands objects (${what}) to a Service or a URL that these pods may be behind`,
        },
    settle: isReached
      ? {
          fr: "Joindre la CustomResourceDefinition de ces objets aux manifestes jugés, restreindre le webhook à l'espace de noms de l'application, ou retirer cet objet de ses manifestes.",
          en: "Add the CustomResourceDefinition of these objects to the manifests that are judged, restrict the webhook to the application's namespace, or remove this object from its manifests.",
        }
      : {
          fr: "Joindre ce Service aux manifestes jugés, ou retirer cet objet de ceux de l'application.",
          en: "Add this Service to the manifests that are judged, or remove this object from the application's.",
        },
  } as const;
}
