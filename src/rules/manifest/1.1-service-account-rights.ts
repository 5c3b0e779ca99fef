// The pods' service account has no rights over nodes or other applications (contract 1.1: an image must not be able
// to affect other applications or the platform).
//
//   ClusterRoleBinding to cluster-admin, admin, edit, or to rules that read secrets, create pods, execute in
//   them, escalate, bind, impersonate, change Namespaces or webhooks, reach nodes             fail
//   the same, where the pod does not get the account's token                                  note
//   RoleBinding in another namespace to such rights                                          the same
//   a binding to callers without credentials (system:unauthenticated, system:anonymous)       the same, without a token too
//   such rights of every account, every caller or every node (system:authenticated, system:nodes, …),
//   also within the workload's own namespace: others can enter this application               fail; unproven if not known
//   such rights that an aggregationRule or a label aggregate-to-view adds to a bound role     the same
//   rules of ClusterRoles that clusters bind by default (system:discovery, …)                 the same
//   a binding to another account, whose token Secret the pod mounts or gets as a variable     the same
//   the pod gets no token, but an unknown Secret with the key or name of a token Secret       unproven
//   a token Secret in imagePullSecrets, which only the kubelet reads                          no token
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
import { type GrantedPowers, grantedPowers } from "./rights/granted-powers.ts";
import { hasToken } from "./rights/service-account-token.ts";

const ID = "1.1-service-account-rights";

interface Given extends GrantedPowers {
  readonly object: RelatedFacts;
  readonly effect: RightsEffect;
  /**
   * How the pod gets the account's token: `none` if no way is known, `perhaps` if possibly from a Secret
   * elsewhere.
   */
  readonly token: "held" | "not-needed" | "perhaps" | "none";
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
    const isHeld = hasToken(workload);
    const given = (workload.related ?? []).flatMap((object): readonly Given[] => {
      const { effect } = object;
      if (effect.is !== "rights") return [];
      return [{ object, effect, ...grantedPowers(effect), token: tokenFor(effect, isHeld) }];
    });
    const { findings, notes } = sortFindings(given.flatMap((one) => judge(workload, one)));
    const [doubt] = [...given.filter(isUnknown).map(ofRole), ...given.flatMap(ofSecret)];
    return outcomeOf(
      { findings, notes },
      doubt === undefined ? PROOF : { status: "unproven", doubtful: true, ...doubt },
    );
  },
});

function tokenFor(effect: RightsEffect, isHeld: boolean): Given["token"] {
  if (effect.needsNoToken === true) return "not-needed";
  if (effect.tokenSecret !== undefined || isHeld) return "held";
  return effect.unseenSecret === undefined ? "none" : "perhaps";
}

/** Whether the pod can use rights of the role beyond its namespace, and some of these rights are unknown. */
function isUnknown({ effect, isComplete, token }: Given): boolean {
  if (isComplete) return false;
  return (
    effect.openTo !== undefined ||
    (effect.scope !== "namespace" && (token === "held" || token === "not-needed"))
  );
}

const WHERE: Readonly<Record<RightsEffect["scope"], Text>> = {
  cluster: { fr: "dans tout le cluster", en: "in the whole cluster" },
  namespace: { fr: "dans l'espace de noms de l'application", en: "in the application's namespace" },
  "other-namespace": { fr: "dans un autre espace de noms", en: "in another namespace" },
};

const PROOF: Text = {
  fr: "aucune liaison parmi les manifestes ne donne au compte de service de droits sur les nœuds ni sur d'autres applications",
  en: "no binding among the manifests gives the service account rights over nodes or other applications",
};

function ofRole({ object, effect }: Given): Doubt {
  const [place, role] = [relatedPlace(object), excerpt(effect.role)];
  const to = holderText(effect);
  return {
    reason: {
      fr: `${place} donne ${to.fr} ${role} ${WHERE[effect.scope].fr}, qui n'est pas parmi les manifestes, ou qu'un contrôleur complète : ces droits ne sont pas connus`,
      en: `${place} gives ${to.en} ${role} ${WHERE[effect.scope].en}, which is not among the manifests, or which a controller completes: these rights are not known`,
    },
    settle: {
      fr: "Joindre ce ClusterRole, sans aggregationRule, aux manifestes jugés, ou retirer la liaison.",
      en: "Add this ClusterRole, without an aggregationRule, to the manifests that are judged, or remove the binding.",
    },
  };
}

/** Holder of rights in sentences: the pods' account, or the subject that is open to others. */
function holderText({ openTo }: RightsEffect): Text {
  if (openTo === undefined) return { fr: "au compte de service", en: "the service account" };
  const shown = excerpt(openTo);
  return { fr: `à ${shown}`, en: shown };
}

interface Doubt {
  readonly reason: Text;
  readonly settle: Text;
}

/** Doubt about rights beyond the namespace that a token in a Secret elsewhere would let the pod use. */
function ofSecret({ object, effect, powers, token }: Given): readonly Doubt[] {
  const { unseenSecret, scope } = effect;
  if (unseenSecret === undefined || token !== "perhaps" || scope === "namespace" || powers.length === 0)
    return [];
  const [place, role, secret] = [relatedPlace(object), excerpt(effect.role), excerpt(unseenSecret)];
  return [
    {
      reason: {
        fr: `${place} donne ${role} au compte de service ${WHERE[effect.scope].fr} ; le pod utilise le Secret ${secret}, qui n'est pas parmi les manifestes et a la clé ou le nom d'un jeton de compte`,
        en: `${place} gives the service account ${role} ${WHERE[effect.scope].en}; the pod uses the Secret ${secret}, which is not among the manifests and has the key or the name of an account's token`,
      },
      settle: {
        fr: "Joindre ce Secret, sans ses valeurs, aux manifestes jugés, ou retirer la liaison.",
        en: "Add this Secret, without its values, to the manifests that are judged, or remove the binding.",
      },
    },
  ];
}

function judge(workload: WorkloadFacts, given: Given): readonly JudgedOne[] {
  const { object, effect, powers, isComplete, token } = given;
  if (effect.openTo !== undefined && powers.length > 0) {
    return [{ refutes: true, finding: finding(workload, given, openMessage(given, effect.openTo)) }];
  }
  const isOfOthers = effect.scope !== "namespace";
  const isOfUse = token === "held" || token === "not-needed";
  if (powers.length > 0) {
    if (isOfOthers && token === "perhaps") return [];
    return [{ refutes: isOfOthers && isOfUse, finding: finding(workload, given, messageOf(given)) }];
  }
  if (isComplete || isUnknown(given)) return [];
  const message = notJudged(relatedTitle(object), excerpt(effect.role));
  return [{ refutes: false, finding: finding(workload, given, message) }];
}

function finding(workload: WorkloadFacts, { object, effect }: Given, message: Text): Finding {
  return {
    message,
    fingerprint: fingerprint(
      ID,
      workloadKey(workload),
      object.kind,
      object.name,
      effect.role,
      ...(effect.account === undefined ? [] : [effect.account]),
    ),
    at: placeOf(object),
  };
}

function notJudged(title: string, role: string): Text {
  return {
    fr: `${title} donne ${role} au compte de service ; ce rôle n'est pas parmi les manifestes, ses droits ne sont pas jugés`,
    en: `${title} gives the service account ${role}; this role is not among the manifests, its rights are not judged`,
  };
}

function openMessage({ object, effect, powers }: Given, openTo: string): Text {
  const [title, role, to] = [relatedTitle(object), excerpt(effect.role), excerpt(openTo)];
  const where = WHERE[effect.scope];
  return {
    fr: `${title} donne ${role} à ${to}, donc à d'autres que l'équipe et ses comptes, qui peuvent ${where.fr} ${powers.map(({ fr }) => fr).join(", ")}`,
    en: `${title} gives ${role} to ${to}, and so to others than the team and its accounts, who may, ${where.en}, ${powers.map(({ en }) => en).join(", ")}`,
  };
}

function messageOf({ object, effect, powers, token }: Given): Text {
  const [title, role] = [relatedTitle(object), excerpt(effect.role)];
  const where = WHERE[effect.scope];
  const account = accountText(effect);
  const without =
    token === "none"
      ? {
          fr: " (d'après les manifestes, le pod ne reçoit pas le jeton de ce compte)",
          en: " (by the manifests the pod does not get this account's token)",
        }
      : { fr: "", en: "" };
  return {
    fr: `${title} donne ${role} au compte de service${account.fr}, qui peut ${where.fr} ${powers.map(({ fr }) => fr).join(", ")}${without.fr}`,
    en: `${title} gives ${role} to the service account${account.en}, which may, ${where.en}, ${powers.map(({ en }) => en).join(", ")}${without.en}`,
  };
}

/** Name of another account, and of the Secret with the token. */
function accountText({ account, tokenSecret }: RightsEffect): Text {
  if (tokenSecret === undefined) return { fr: "", en: "" };
  const name = account === undefined ? "" : ` ${excerpt(account)}`;
  const secret = excerpt(tokenSecret);
  return {
    fr: `${name} (dont le Secret ${secret} donne le jeton au pod)`,
    en: `${name} (whose token the Secret ${secret} gives the pod)`,
  };
}
