// No other object requests sticky sessions (contract 1.4: processes are stateless and share nothing;
// https://12factor.net/processes, which the contract names: "Sticky sessions are a violation of twelve-factor").
//
//   of a Service or route that reaches the pods:
//     sessionAffinity: ClientIP; cookies of Ingress annotations, IngressRoute, HTTPProxy, DestinationRule,
//     HTTPRoute (sessionPersistence), load balancers                        fail
//     a hash of a header, which may name a client                           unproven
//     a hash of the URL or a parameter: the content decides, not the client note
//     one of two versions during a rollout (Flagger, Argo Rollouts), not one pod of it       note
//   the same for a Service that is not among the manifests                  unproven, if it may select these pods
//   the same on a headless Service, which no proxy serves                   note
//   None, "false", off; another workload's Service; a cookie's name alone   fine

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import type { AffinityEffect, RelatedFacts } from "../../contract/related-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { placeOf, relatedPlace, relatedTitle } from "./related-place.ts";

const ID = "1.4-session-affinity";

interface Asked {
  readonly object: RelatedFacts;
  readonly effect: AffinityEffect;
}

export const sessionAffinity = defineRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Aucun objet des manifestes ne lie un client à un pod (sessions collantes)",
    en: "No object of the manifests binds a client to one pod (sticky sessions)",
  },
  why: {
    fr: "Une application dont n'importe quel pod peut répondre à n'importe quelle requête n'a pas besoin de sessions collantes ; si elle en a besoin, elle garde en mémoire ce que l'arrêt du pod fait perdre. Les douze facteurs l'excluent.",
    en: "An application any of whose pods can answer any request needs no sticky sessions; if it needs them, it keeps in memory what is lost when the pod stops. The twelve factors rule them out.",
  },
  remedy: {
    fr: "Garder les sessions dans un service dédié (Redis, Memcached, base de données), puis retirer ce réglage.",
    en: "Keep sessions in a backing service (Redis, Memcached, a database), then remove this setting.",
  },
  needs: ["workload"],
  check({ workload }) {
    const asked = (workload.related ?? []).flatMap((object): readonly Asked[] =>
      object.effect.is === "affinity" ? [{ object, effect: object.effect }] : [],
    );
    const { findings, notes } = sortFindings(asked.flatMap((one) => judge(workload, one)));
    const doubt = asked.find(isOpen);
    return outcomeOf({ findings, notes }, doubt === undefined ? PROOF : unproven(doubt));
  },
});

const PROOF: Text = {
  fr: "aucun objet parmi les manifestes ne lie un client à un pod",
  en: "no object among the manifests binds a client to one pod",
};

function isCertain({ effect: { by, binds } }: Asked): boolean {
  return by === "client" && binds === "these-pods";
}

function isOpen({ effect: { by, binds } }: Asked): boolean {
  return (by === "client" && binds === "perhaps-these-pods") || (by === "header" && binds !== "nothing");
}

function judge(workload: WorkloadFacts, asked: Asked): readonly JudgedOne[] {
  if (isOpen(asked)) return [];
  const { object, effect } = asked;
  const finding: Finding = {
    message: messageOf(asked),
    fingerprint: fingerprint(ID, workloadKey(workload), object.kind, object.name, effect.field),
    at: placeOf(object),
  };
  return [{ refutes: isCertain(asked), finding }];
}

function settingOf({ field, value }: AffinityEffect): string {
  return value === "" ? excerpt(field) : `${excerpt(field)}: ${excerpt(value)}`;
}

function messageOf({ object, effect }: Asked): Text {
  const [title, setting] = [relatedTitle(object), settingOf(effect)];
  if (effect.binds === "nothing") {
    return {
      fr: `${title} demande des sessions collantes (${setting}), que personne n'applique à un Service sans adresse`,
      en: `${title} asks for sticky sessions (${setting}), which nothing applies to a headless Service`,
    };
  }
  if (effect.by === "content") {
    return {
      fr: `${title} envoie les mêmes requêtes au même pod (${setting}) : le contenu en décide, pas le client`,
      en: `${title} sends equal requests to the same pod (${setting}): their content decides, not the client`,
    };
  }
  if (effect.by === "version") {
    return {
      fr: `${title} garde un client sur une version pendant un déploiement (${setting}), pas sur un pod`,
      en: `${title} keeps a client at one version during a rollout (${setting}), not at one pod`,
    };
  }
  return {
    fr: `${title} demande des sessions collantes (${setting}) : les douze facteurs les excluent`,
    en: `${title} asks for sticky sessions (${setting}): the twelve factors rule them out`,
  };
}

function unproven({ object, effect }: Asked) {
  const [place, setting] = [relatedPlace(object), settingOf(effect)];
  const isHeader = effect.by === "header";
  return {
    status: "unproven",
    doubtful: true,
    reason: isHeader
      ? {
          fr: `${place} choisit le pod d'après un en-tête (${setting}), qui peut désigner un client : on ne sait pas si l'application garde ses sessions en mémoire`,
          en: `${place} chooses the pod by a header (${setting}), which may name a client: whether the application keeps its sessions in memory is not known`,
        }
      : {
          fr: `${place} demande des sessions collantes (${setting}) pour un Service qui n'est pas parmi les manifestes, et derrière lequel ces pods peuvent se trouver`,
          en: `${place} asks for sticky sessions (${setting}) for a Service that is not among the manifests, and that these pods may be behind`,
        },
    settle: isHeader
      ? {
          fr: "Retirer ce réglage, si n'importe quel pod peut répondre à n'importe quelle requête.",
          en: "Remove this setting, if any pod can answer any request.",
        }
      : {
          fr: "Joindre ce Service aux manifestes jugés, ou retirer ce réglage.",
          en: "Add this Service to the manifests that are judged, or remove this setting.",
        },
  } as const;
}
