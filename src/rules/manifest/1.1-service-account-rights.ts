// The pods' service account has no rights over nodes or other applications (contract 1.1: an image must not be able
// to affect other applications or the platform).
//
//   ClusterRoleBinding to cluster-admin, admin, edit, or to rules that read secrets, create pods, execute in
//   them, escalate, bind, impersonate, change Namespaces or webhooks, reach nodes             fail
//   the same, where the pod does not get the account's token                                  note
//   RoleBinding in another namespace to such rights                                          the same
//   a binding to callers without credentials (system:unauthenticated, system:anonymous)       the same, without a token too
//   ClusterRoleBinding to a role that is not among the manifests                              unproven; without a token, note
//   RoleBinding: the same rights, within the workload's own namespace                         note
//   rules about the workload's own ConfigMaps or leases; view; objects that the rule names    fine
//
// Source: https://kubernetes.io/docs/concepts/security/rbac-good-practices/

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import type { RelatedFacts, RightsEffect } from "../../contract/related-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { placeOf, relatedPlace, relatedTitle } from "./related-place.ts";
import { builtInPowers } from "./rights/built-in-roles.ts";
import { powersOf } from "./rights/powers.ts";
import { hasToken } from "./rights/token.ts";

const ID = "1.1-service-account-rights";

interface Given {
  readonly object: RelatedFacts;
  readonly effect: RightsEffect;
  /** Rights of the role; undefined if the role is not among the manifests. */
  readonly powers: readonly Text[] | undefined;
}

export const serviceAccountRights = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Le compte de service n'a pas de droits sur les nœuds ni sur d'autres applications",
    en: "The service account has no rights over nodes or other applications",
  },
  why: {
    fr: "Qui prend la main dans le conteneur a les droits de son compte de service : avec cluster-admin, un pod conforme suffit pour prendre le cluster.",
    en: "Whoever breaks into the container has the rights of its service account: with cluster-admin, one conforming pod is enough to take over the cluster.",
  },
  remedy: {
    fr: "Retirer cette liaison, ou n'accorder par un Role de son espace de noms que les objets dont l'application a besoin ; sans appel à l'API, mettre automountServiceAccountToken à false.",
    en: "Remove this binding, or grant only the objects that the application needs by a Role of its namespace; if it does not call the API, set automountServiceAccountToken to false.",
  },
  needs: ["workload"],
  check({ workload }) {
    const given = (workload.related ?? []).flatMap((object): readonly Given[] => {
      const { effect } = object;
      if (effect.is !== "rights") return [];
      const powers = effect.rules === undefined ? builtInPowers(effect.role) : powersOf(effect.rules);
      return [{ object, effect, powers }];
    });
    const isHeld = hasToken(workload);
    const { findings, notes } = sortFindings(given.flatMap((one) => judge(workload, one, isHeld)));
    const unknown = given.find(
      ({ powers, effect }) =>
        powers === undefined && effect.scope !== "namespace" && isUsable(effect, isHeld),
    );
    return outcomeOf({ findings, notes }, unknown === undefined ? PROOF : unproven(unknown));
  },
});

const WHERE: Readonly<Record<RightsEffect["scope"], Text>> = {
  cluster: { fr: "dans tout le cluster", en: "in the whole cluster" },
  namespace: { fr: "dans son espace de noms", en: "in its namespace" },
  "other-namespace": { fr: "dans un autre espace de noms", en: "in another namespace" },
};

const PROOF: Text = {
  fr: "aucune liaison parmi les manifestes ne donne au compte de service de droits sur les nœuds ni sur d'autres applications",
  en: "no binding among the manifests gives the service account rights over nodes or other applications",
};

function unproven({ object, effect }: Given) {
  const [place, role] = [relatedPlace(object), excerpt(effect.role)];
  return {
    status: "unproven",
    doubtful: true,
    reason: {
      fr: `${place} donne au compte de service ${role} ${WHERE[effect.scope].fr}, qui n'est pas parmi les manifestes : ces droits ne sont pas connus`,
      en: `${place} gives the service account ${role} ${WHERE[effect.scope].en}, which is not among the manifests: these rights are not known`,
    },
    settle: {
      fr: "Joindre ce ClusterRole aux manifestes jugés, ou retirer la liaison.",
      en: "Add this ClusterRole to the manifests that are judged, or remove the binding.",
    },
  } as const;
}

/** @param isHeld the pod gets its account's token */
function isUsable({ needsNoToken }: RightsEffect, isHeld: boolean): boolean {
  return isHeld || needsNoToken === true;
}

function judge(workload: WorkloadFacts, given: Given, isHeld: boolean): readonly JudgedOne[] {
  const { object, effect, powers } = given;
  const isOfOthers = effect.scope !== "namespace";
  const isOfUse = isUsable(effect, isHeld);
  if (powers === undefined) {
    return isOfOthers && isOfUse
      ? []
      : [
          {
            refutes: false,
            finding: finding(workload, given, notJudged(relatedTitle(object), excerpt(effect.role))),
          },
        ];
  }
  if (powers.length === 0) return [];
  const message = messageOf(given, powers, isOfUse);
  return [{ refutes: isOfOthers && isOfUse, finding: finding(workload, given, message) }];
}

function finding(workload: WorkloadFacts, { object, effect }: Given, message: Text): Finding {
  return {
    message,
    fingerprint: fingerprint(ID, workloadKey(workload), object.kind, object.name, effect.role),
    at: placeOf(object),
  };
}

function notJudged(title: string, role: string): Text {
  return {
    fr: `${title} donne ${role} au compte de service ; ce rôle n'est pas parmi les manifestes, ses droits ne sont pas jugés`,
    en: `${title} gives the service account ${role}; this role is not among the manifests, its rights are not judged`,
  };
}

function messageOf({ object, effect }: Given, powers: readonly Text[], isHeld: boolean): Text {
  const [title, role] = [relatedTitle(object), excerpt(effect.role)];
  const where = WHERE[effect.scope];
  const token = isHeld
    ? { fr: "", en: "" }
    : {
        fr: " (le pod ne reçoit pas le jeton de ce compte)",
        en: " (the pod does not get this account's token)",
      };
  return {
    fr: `${title} donne ${role} au compte de service, qui peut ${where.fr} ${powers.map(({ fr }) => fr).join(", ")}${token.fr}`,
    en: `${title} gives ${role} to the service account, which may, ${where.en}, ${powers.map(({ en }) => en).join(", ")}${token.en}`,
  };
}
