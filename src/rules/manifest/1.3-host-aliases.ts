// The manifest fixes no address (contract 1.3: no static IP addresses or DNS names).
//
//   hostAliases or dnsConfig.nameservers with another machine's address    presumed fail
//   an annotation that gives the pod an address (Calico, Kube-OVN, Multus)  presumed fail
//   DATABASE_URL=postgres://10.1.2.3/db, --redis-host=10.0.0.5             presumed fail
//   nameservers on 169.254.0.0/16 (the node's cache)                       fine
//   hostAliases to 127.0.0.1 or 0.0.0.0; CIDR ranges, NO_PROXY, versions   no peer
//   api.other-namespace.svc.cluster.local                                  note: names differ by environment
//   a service of the workload's own namespace, kubernetes.default.svc      fine
//
// Addresses in the image are judged by 1.3-static-address, those of Services and Endpoints by
// 1.3-service-addresses.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { containerName, type PlacementFacts, placements } from "../../contract/pod-containers.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import {
  invalidAt,
  manifestPlace,
  podField,
  type WorkloadFacts,
  workloadKey,
} from "../../contract/workload-facts.ts";
import { isFixedAddress, staticHost } from "../../observations/static-host.ts";
import { flagsOf } from "../../shell/flags.ts";
import { invalidField } from "../../start/invalid-fields.ts";
import { manifestEnvironment } from "../../start/manifest-environment.ts";
import { metadataField } from "./annotation-place.ts";
import { unprovenBy } from "./fields/judge-fields.ts";

const ID = "1.3-host-aliases";
/** Name of the API server, the same in every cluster. */
const API_SERVER = /^kubernetes\.default\.svc(?:\.|$)/;

/** A host that the container's settings name. */
interface Peer {
  readonly name: string;
  readonly value: string;
  readonly field: string;
}

export const hostAliases = defineRule({
  id: ID,
  rows: ["twelve-factor"],
  title: {
    fr: "Le manifeste ne fige pas d'adresse IP",
    en: "The manifest fixes no IP address",
  },
  why: {
    fr: "Les adresses changent sans prévenir : un service déplacé, un nœud remplacé, et l'application appelle dans le vide. Un nom DNS, lui, suit.",
    en: "Addresses change without notice: a service moves, a node is replaced, and the application calls nobody. A DNS name follows.",
  },
  remedy: {
    fr: "Désigner le service par son nom DNS, au besoin par un Service de type ExternalName.",
    en: "Name the service by its DNS name, if need be through a Service of type ExternalName.",
  },
  needs: ["workload"],
  check({ workload }) {
    const containers = placements(workload);
    const judged = containers.flatMap((placement) =>
      [...variables(placement), ...flags(placement)].flatMap((peer) => judge(workload, placement, peer)),
    );
    const { findings: addresses, notes } = sortFindings(judged);
    const findings = [
      ...aliases(workload),
      ...nameservers(workload),
      ...ownAddresses(workload),
      ...addresses,
    ];
    const paths = containers.map(({ path }) => path);
    const invalid =
      invalidField(workload, paths, ["env", "command", "args"]) ??
      invalidAt(workload, podField(workload, "spec.hostAliases")) ??
      invalidAt(workload, podField(workload, "spec.dnsConfig"));
    return outcomeOf({ findings, presumed: true, notes }, invalid === undefined ? NONE : unprovenBy(invalid));
  },
});

function aliases(workload: WorkloadFacts): readonly Finding[] {
  const { hostAliases: entries = [] } = workload.pod.spec;
  return entries.flatMap(({ ip = "", hostnames = [] }, index) => {
    if (!isFixedAddress(ip)) return [];
    const [address, names] = [excerpt(ip), hostnames.map(excerpt).join(", ")];
    return [
      {
        message: {
          fr: `hostAliases fige l'adresse ${address} pour ${names}`,
          en: `hostAliases fixes the address ${address} for ${names}`,
        },
        fingerprint: fingerprint(ID, workloadKey(workload), "hostAliases", ip),
        at: manifestPlace(workload, podField(workload, `spec.hostAliases[${index}]`)),
      },
    ];
  });
}

function nameservers(workload: WorkloadFacts): readonly Finding[] {
  const { nameservers: servers = [] } = workload.pod.spec.dnsConfig ?? {};
  return servers.flatMap((ip, index) => {
    if (!isFixedAddress(ip)) return [];
    const address = excerpt(ip);
    return [
      {
        message: {
          fr: `dnsConfig fige l'adresse du serveur de noms, ${address}`,
          en: `dnsConfig fixes the address of the name server, ${address}`,
        },
        remedy: {
          fr: "Retirer dnsConfig.nameservers : avec la dnsPolicy par défaut, le pod interroge le DNS du cluster.",
          en: "Remove dnsConfig.nameservers: with the default dnsPolicy the pod asks the cluster's DNS.",
        },
        fingerprint: fingerprint(ID, workloadKey(workload), "nameservers", ip),
        at: manifestPlace(workload, podField(workload, `spec.dnsConfig.nameservers[${index}]`)),
      },
    ];
  });
}

/** Annotations by which network plugins give a pod a certain address. */
const ADDRESSING: readonly RegExp[] = [
  /^cni\.projectcalico\.org\/(?:floatingIPs|ipAddrs|ipAddrsNoIpam)$/,
  /^ipam\.antrea\.io\/pod-ips$/,
  /^(?:k8s\.v1\.cni\.cncf\.io\/networks|v1\.multus-cni\.io\/default-network)$/,
  // Kube-OVN: for the first network (ovn.kubernetes.io/…) and for further networks
  // (NAME.NAMESPACE.kubernetes.io/…).
  /^[a-z0-9.-]{1,253}\.kubernetes\.io\/ip_(?:address|pool)$/,
];

/** First address in an annotation, a list or JSON; hardware addresses have six groups, IPv6 eight or `::`. */
function addressIn(value: string): string | undefined {
  const words = value.split(/[^0-9A-Fa-f.:]+/);
  return words.find((word) => {
    const is6 = word.length > 2 && (word.includes("::") || word.split(":").length === 8);
    return (is6 || !word.includes(":")) && isFixedAddress(word);
  });
}

/**
 * Addresses requested by annotations. A Pod of the cluster already has the addresses that were chosen for it.
 */
function ownAddresses(workload: WorkloadFacts): readonly Finding[] {
  if (workload.created === true) return [];
  return Object.entries(workload.pod.annotations).flatMap(([key, value]) => {
    const address = ADDRESSING.some((one) => one.test(key)) ? addressIn(value) : undefined;
    if (address === undefined) return [];
    const [name, shown] = [excerpt(key), excerpt(address)];
    return [
      {
        message: {
          fr: `l'annotation ${name} fige l'adresse des pods, ${shown}`,
          en: `the annotation ${name} fixes the address of the pods, ${shown}`,
        },
        remedy: {
          fr: "Retirer cette annotation : le réseau du cluster donne une adresse à chaque pod, et un Service y mène.",
          en: "Remove this annotation: the cluster's network gives each pod an address, and a Service leads there.",
        },
        fingerprint: fingerprint(ID, workloadKey(workload), key, address),
        at: manifestPlace(workload, metadataField(workload, "annotations", key)),
      },
    ];
  });
}

const NONE: Text = {
  fr: "aucune adresse IP figée dans hostAliases, dnsConfig, les variables et les commandes du manifeste",
  en: "no static IP address in hostAliases, dnsConfig, or the manifest's variables and commands",
};

function variables({ spec }: PlacementFacts): readonly Peer[] {
  return [...manifestEnvironment(spec)].map(([name, { value, index }]) => ({
    name,
    value,
    field: `env[${index}].value`,
  }));
}

function flags({ spec: { command = [], args = [] } }: PlacementFacts): readonly Peer[] {
  return flagsOf([...command, ...args]).map(({ name, value, index }) => ({
    name,
    value,
    field: index < command.length ? `command[${index}]` : `args[${index - command.length}]`,
  }));
}

function judge(
  workload: WorkloadFacts,
  placement: PlacementFacts,
  { name, value, field }: Peer,
): readonly JudgedOne[] {
  const peer = staticHost(name, value);
  if (peer === undefined || API_SERVER.test(peer.host)) return [];
  const { host, namespace } = peer;
  if (namespace !== undefined && namespace === workload.namespace?.toLowerCase()) return [];
  const container = containerName(placement);
  const finding = {
    message: messageOf(excerpt(name), excerpt(host), namespace),
    fingerprint: fingerprint(ID, workloadKey(workload), container, name, host),
    container,
    at: manifestPlace(workload, `${placement.path}.${field}`),
  };
  return [{ refutes: namespace === undefined, finding }];
}

function messageOf(name: string, host: string, namespace: string | undefined): Text {
  if (namespace === undefined) {
    return { fr: `${name} fige l'adresse ${host}`, en: `${name} fixes the address ${host}` };
  }
  return {
    fr: `${name} nomme un service d'un autre espace de noms, ${host} : ce nom change d'un environnement à l'autre`,
    en: `${name} names a service of another namespace, ${host}: that name changes from one environment to the next`,
  };
}
