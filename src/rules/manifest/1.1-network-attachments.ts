// The pods have the cluster's own network, and no other interface (contract 1.1: no access to the host's network).
//
//   k8s.v1.cni.cncf.io/networks, v1.multus-cni.io/default-network, networking.gke.io/interfaces     unproven: rows 2 and 8
//   k8s.v1.cni.cncf.io/network-status, which the plugin writes; an empty value                     fine
//
// Only the plugin's configuration states whether a further interface is the host's own (host-device,
// macvlan). It is also unknown on which addresses the application then has to listen.

import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { isNetworkAttachment } from "../../start/pod-annotations.ts";
import { metadataField } from "./annotation-place.ts";

export const networkAttachments = defineRule({
  id: "1.1-network-attachments",
  rows: ["no-host-access", "bind-all"],
  title: {
    fr: "Les pods n'ont pas d'autre interface réseau que celle du cluster",
    en: "The pods have no network interface but the cluster's",
  },
  why: {
    fr: "Une interface de plus peut être celle du nœud, ou donner sur un réseau que les NetworkPolicies du cluster ne gardent pas.",
    en: "A further interface can be the node's own, or open on a network that the cluster's NetworkPolicies do not guard.",
  },
  remedy: {
    fr: "Retirer cette annotation : un Service mène aux pods par le réseau du cluster.",
    en: "Remove this annotation: a Service reaches the pods over the cluster's network.",
  },
  needs: ["workload"],
  check({ workload }): Outcome {
    const keys = Object.entries(workload.pod.annotations).flatMap(([key, value]) =>
      isNetworkAttachment(key, value) ? [key] : [],
    );
    if (keys.length === 0) return { status: "pass", proof: NONE };
    const named = keys.map((key) => excerpt(metadataField(workload, "annotations", key))).join(", ");
    return {
      status: "unproven",
      doubtful: true,
      reason: {
        fr: `${named} donne aux pods d'autres interfaces réseau, que le manifeste ne décrit pas`,
        en: `${named} gives the pods further network interfaces, which the manifest does not describe`,
      },
      settle: {
        fr: "Retirer cette annotation : un Service mène aux pods par le réseau du cluster.",
        en: "Remove this annotation: a Service reaches the pods over the cluster's network.",
      },
    };
  },
});

const NONE = {
  fr: "aucune annotation ne donne d'autre interface réseau aux pods",
  en: "no annotation gives the pods a further network interface",
};
