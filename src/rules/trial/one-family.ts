import type { Finding } from "../../contract/finding.ts";
import type { Outcome } from "../../contract/rule.ts";

/** Outcome for IPv6 only: the cluster's family is known only from a Service. */
export function ipv6Only(ports: string, notes: readonly Finding[]): Outcome {
  return {
    status: "unproven",
    reason: {
      fr: `non observé : le port ${ports} n'est ouvert qu'en IPv6, qu'un cluster IPv4 n'atteint pas`,
      en: `not observed: port ${ports} is open on IPv6 only, which an IPv4 cluster does not reach`,
    },
    settle: {
      fr: "Écouter aussi en IPv4 (0.0.0.0) ; pour un cluster IPv6, refaire l'essai avec le Service du pod dans le répertoire du manifeste, et « ipFamilies: [IPv6] ».",
      en: "Listen on IPv4, too (0.0.0.0); for an IPv6 cluster, repeat the trial with the pod's Service in the manifest's folder, and `ipFamilies: [IPv6]`.",
    },
    notes,
  };
}

/** Outcome for IPv4 only, if the pod's Services, and hence their endpoints, have only IPv6 addresses. */
export function ipv4Only(ports: string, notes: readonly Finding[]): Outcome {
  return {
    status: "unproven",
    reason: {
      fr: `les Services du pod n'ont que des adresses IPv6, et le port ${ports} n'est ouvert qu'en IPv4`,
      en: `the pod's Services have IPv6 addresses only, and port ${ports} is open on IPv4 only`,
    },
    settle: {
      fr: "Écouter aussi en IPv6 (::), ou ajouter IPv4 aux ipFamilies du Service.",
      en: "Listen on IPv6, too (::), or add IPv4 to the Service's ipFamilies.",
    },
    notes,
  };
}
