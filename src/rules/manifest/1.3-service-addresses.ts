// No object beside the workload fixes an IP address (contract 1.3: no static IP addresses).
//
//   Endpoints, EndpointSlice, ServiceEntry, WorkloadEntry… with the address of another machine     presumed fail
//   Service: externalName that is an IP address, a chosen clusterIP,
//   externalIPs (CVE-2020-8554: they can capture traffic of others)        presumed fail
//   10.1.2.3.nip.io, ip-10-1-2-3.eu-west-1.compute.internal, 167838211     presumed fail: the address in another form
//   loadBalancerIP, addresses of a Gateway, targets of a DNSEndpoint or of
//   external-dns' annotation                                               note: the address of an entrance, not of a peer
//   clusterIP: None; addresses that the cluster wrote (metadata.uid, targetRef); a DNS name     fine
//
// Addresses that the pod itself fixes are judged by 1.3-host-aliases.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import type { RelatedFacts } from "../../contract/related-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { addressIn } from "../../observations/encoded-address.ts";
import { isFixedAddress } from "../../observations/static-host.ts";
import { placeOf, relatedTitle } from "./related-place.ts";

const ID = "1.3-service-addresses";

export const serviceAddresses = defineRule({
  id: ID,
  rows: ["twelve-factor"],
  title: {
    fr: "Les Services des manifestes ne figent pas d'adresse IP",
    en: "The Services of the manifests fix no IP address",
  },
  why: {
    fr: "Une adresse figée à côté du pod ne suit pas plus le service que si elle était dans le pod ; par externalIPs, un Service peut en outre détourner le trafic d'autres applications.",
    en: "An address that is fixed beside the pod follows its service no more than one inside the pod; by externalIPs a Service can take the traffic of other applications, besides.",
  },
  remedy: {
    fr: "Désigner le service par son nom DNS (Service de type ExternalName), et laisser le cluster choisir les adresses.",
    en: "Name the service by its DNS name (a Service of type ExternalName), and let the cluster choose addresses.",
  },
  needs: ["workload"],
  check({ workload }) {
    const judged = (workload.related ?? []).flatMap((object) => judge(workload, object));
    return outcomeOf({ ...sortFindings(judged), presumed: true }, PROOF);
  },
});

/** Fields with an address at which clients reach the application. */
const WAY_IN =
  /^(?:spec\.(?:loadBalancerIP|addresses\[\d+\]\.value|endpoints\[\d+\]\.targets\[\d+\])|metadata\.annotations\[.*\])$/;

const PROOF: Text = {
  fr: "aucun Service, Endpoints ni ServiceEntry parmi les manifestes ne fige d'adresse IP",
  en: "no Service, Endpoints or ServiceEntry among the manifests fixes an IP address",
};

function judge(workload: WorkloadFacts, object: RelatedFacts): readonly JudgedOne[] {
  const { effect } = object;
  if (effect.is !== "address" || !isFixedAddress(addressIn(effect.address) ?? "")) return [];
  const [title, field, address] = [relatedTitle(object), excerpt(effect.field), excerpt(effect.address)];
  const finding: Finding = {
    message: {
      fr: `${title} fige l'adresse ${address} (${field})`,
      en: `${title} fixes the address ${address} (${field})`,
    },
    fingerprint: fingerprint(ID, workloadKey(workload), object.kind, object.name, effect.address),
    at: placeOf(object),
  };
  return [{ refutes: !WAY_IN.test(effect.field), finding }];
}
