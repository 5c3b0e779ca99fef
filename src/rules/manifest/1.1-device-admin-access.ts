// No claim of the pods gives access to devices of others (contract 1.1: no image may affect other applications).
//
//   resourceClaims of a ResourceClaim or ResourceClaimTemplate of the manifests with adminAccess: true     fail
//   adminAccess: false, or none                                                                         1.1-devices
//
// Source: https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/#admin-access

import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { workloadKey } from "../../contract/workload-facts.ts";
import { placeOf, relatedTitle } from "./related-place.ts";

const ID = "1.1-device-admin-access";

export const deviceAdminAccess = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Aucune demande de périphérique n'a l'accès d'administration",
    en: "No claim to a device asks for admin access",
  },
  why: {
    fr: "adminAccess donne au pod un périphérique que d'autres pods utilisent, avec plus de droits que n'en a son utilisateur.",
    en: "adminAccess gives the pod a device that other pods use, with more rights than its user has.",
  },
  remedy: {
    fr: "Retirer adminAccess de la demande : la surveillance des périphériques revient à la plateforme.",
    en: "Remove adminAccess from the claim: monitoring devices is the platform's task.",
  },
  needs: ["workload"],
  check({ workload }) {
    const claims = (workload.related ?? []).filter(({ effect }) => effect.is === "admin-access");
    const findings = claims.map((claim) => ({
      message: {
        fr: `${relatedTitle(claim)} demande l'accès d'administration (adminAccess) à des périphériques du nœud`,
        en: `${relatedTitle(claim)} asks for admin access (adminAccess) to devices of the node`,
      },
      fingerprint: fingerprint(ID, workloadKey(workload), claim.kind, claim.name),
      at: placeOf(claim),
    }));
    return outcomeOf(
      { findings },
      {
        fr: "aucune demande de périphérique des manifestes n'a l'accès d'administration",
        en: "no claim of the manifests to a device asks for admin access",
      },
    );
  },
});
