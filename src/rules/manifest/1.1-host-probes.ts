// Probes and hooks call only the pod (contract 1.1; Restricted from 1.34 on: hostProbesAndHostLifecycle).
//
//   livenessProbe, readinessProbe, startupProbe, lifecycle.postStart, lifecycle.preStop
//   of each container: httpGet.host, tcpSocket.host     absent or ""

import type { ContainerFacts, HookFacts, ProbeFacts } from "../../contract/pod-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { containersOf, type Holder } from "./fields/holder.ts";
import { type Field, judgeFields, ofContainers } from "./fields/judge-fields.ts";
import { lineToRemove } from "./fields/remedy-lines.ts";

const ID = "1.1-host-probes";
/** First minor version whose Restricted profile checks these fields. */
export const HOST_PROBES_SINCE = 34;

export const hostProbes = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Les sondes et les hooks n'appellent que le pod lui-même",
    en: "Probes and hooks call the pod itself only",
  },
  why: {
    fr: "C'est le kubelet qui exécute les sondes, depuis le nœud : un champ host lui fait appeler n'importe quelle adresse du réseau des nœuds (SSRF).",
    en: "The kubelet runs the probes, from the node: a host field makes it call any address of the nodes' network (SSRF).",
  },
  remedy: {
    fr: "Retirer host de httpGet et de tcpSocket : sans lui, la sonde appelle le pod.",
    en: "Remove host from httpGet and tcpSocket: without it the probe calls the pod.",
  },
  needs: ["workload", "cluster"],
  check({ workload, cluster }) {
    if (cluster.minor < HOST_PROBES_SINCE) {
      return {
        status: "n/a",
        reason: {
          fr: `Pod Security ne le demande qu'à partir de Kubernetes 1.${HOST_PROBES_SINCE} ; le manifeste est jugé pour 1.${cluster.minor}`,
          en: `Pod Security asks this from Kubernetes 1.${HOST_PROBES_SINCE} on; the manifest is judged for 1.${cluster.minor}`,
        },
      };
    }
    const fields = containersOf(workload).flatMap(hostsOf);
    return judgeFields(ID, workload, ofContainers(workload, fields), {
      fr: "aucune sonde et aucun hook n'appellent une autre adresse que celle du pod",
      en: "no probe or hook calls another address than the pod's",
    });
  },
});

function hostsOf(holder: Holder<ContainerFacts>): readonly Field[] {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = holder.spec;
  const handlers: Readonly<Record<string, ProbeFacts | HookFacts | undefined>> = {
    livenessProbe,
    readinessProbe,
    startupProbe,
    "lifecycle.postStart": lifecycle?.postStart,
    "lifecycle.preStop": lifecycle?.preStop,
  };
  return Object.entries(handlers).flatMap(([name, handler]) => [
    hostOf(holder, `${name}.httpGet.host`, handler?.httpGet?.host),
    hostOf(holder, `${name}.tcpSocket.host`, handler?.tcpSocket?.host),
  ]);
}

function hostOf(holder: Holder, name: string, host = ""): Field {
  if (host === "") return { holder, name };
  const message = {
    fr: `${name} vaut ${excerpt(host)} : le kubelet appellerait cette adresse et non le pod`,
    en: `${name} is ${excerpt(host)}: the kubelet would call this address, not the pod`,
  };
  return { holder, name, wrong: { value: host, message, remedy: lineToRemove(holder, name, host) } };
}
