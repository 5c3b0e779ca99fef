// During the trial, the application listens on every address (contract 1.3: on 0.0.0.0, not localhost).
//
// The ports are those of the manifest, its probes and the Services that call its pod, otherwise those of douane.yaml,
// otherwise EXPOSE, of which one open port suffices.
//
// A port is open if it accepts TCP connections from outside and a socket listens on 0.0.0.0 or ::, to the end of
// every phase. A UDP port that the manifest declares, or that a Service calls, has to be bound on 0.0.0.0 or
// :: to the end of every phase; it is judged by its socket, since its openness is not visible from outside.
//
//   every declared port open                                                            pass
//   a direct port (of a headless Service, a PodMonitor or ServiceMonitor, prometheus.io/port)
//   on 127.0.0.1, ::1 or the pod's own address only                                     fail
//   a direct port that nothing opens                                                    silent
//   a declared port on 127.0.0.1, ::1 or the pod's own address only, or open at first
//   and closed later; none declared (or none of EXPOSE opened) and nothing but these    fail
//   nothing listens on a declared port                                                  unproven
//   none declared (or none of EXPOSE opened), one open on every address                 pass
//   none declared, on 127.0.0.1 alone, and a port that the manifest or a probe names
//   for another container of the pod is open: a proxy in front of it                    pass
//   batch; none declared and nothing listens                                            n/a
//   an additional undeclared port on loopback (a debugger)                              silent
//   open, but without a record at the end of a phase                                    unproven
//   open to everybody, and only 127.0.0.1 is answered: the application's own filter           unproven
//   IPv6 only; IPv4 only where the pod's Services have IPv6 addresses alone             unproven

import type { Collected } from "../../contract/evidence.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { containerName, placements } from "../../contract/pod-containers.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { filteredPort } from "../../observations/filtered-port.ts";
import { phaseRun, worked } from "../../observations/phase-run.ts";
import {
  datagramPorts as boundDatagramPorts,
  datagramReachOf,
  listenedPorts,
  type Reach,
  reachOf,
} from "../../observations/reach.ts";
import { notLookedAt } from "../../observations/requests.ts";
import { unobserved } from "../../observations/unobserved.ts";
import { declaredPorts } from "../../start/declared-ports.ts";
import { asDeployed } from "./deployed-runs.ts";
import { localPeersOnly } from "./local-peers.ts";
import { ipv4Only, ipv6Only } from "./one-family.ts";
import { trialConditions } from "./trial-conditions.ts";
import { untaken, withoutEnd } from "./unseen-ports.ts";

const ID = "1.3-trial-listen";

type Given = Pick<Collected, "placement" | "image" | "workload"> & { readonly trial: TrialFacts };
type Closed = Extract<Reach, { readonly kind: "closed" | "shut" }>;
type Open = Extract<Reach, { readonly kind: "open" }>;

export const trialListen = defineRule({
  id: ID,
  rows: ["bind-all"],
  title: {
    fr: "Pendant l'essai, l'application écoute sur toutes les adresses",
    en: "During the trial, the application listens on every address",
  },
  why: {
    fr: "Le Service et les sondes du kubelet s'adressent au pod par son adresse, qui change à chaque démarrage : il faut écouter sur toutes.",
    en: "The Service and the kubelet's probes call the pod by its address, which changes at every start: it has to listen on all of them.",
  },
  remedy: { fr: "Écouter sur 0.0.0.0.", en: "Listen on 0.0.0.0." },
  needs: ["trial"],
  uses: ["placement", "image", "workload"],
  check(tried) {
    const given = { ...tried, trial: asDeployed(tried) };
    const { trial } = given;
    if (trial.settings.lifetime === "batch") return BATCH;
    const { ports, directPorts = [], datagramPorts = [] } = trial.settings;
    const hint = ofImage(given, trial);
    const reaches = [
      ...ports.map((port) => reachOf(trial, port)),
      ...datagramPorts.map((port) => datagramReachOf(trial, port)),
    ];
    // A direct port need not be open, but who opens it has to do so on every address.
    const direct = directPorts.filter((port) => !ports.includes(port)).map((port) => reachOf(trial, port));
    const [first, ...more] = isUp(trial) ? [...reaches, ...direct].filter(isClosed).map(finding) : [];
    if (first !== undefined && direct.some(isClosed)) return { status: "fail", findings: [first, ...more] };
    // An EXPOSEd port that nothing opens does not matter; open ports decide.
    if (reaches.length === 0 || (hint && reaches.every(({ kind }) => kind === "nobody"))) {
      return undeclared(given, reaches);
    }
    const open = reaches.filter(isOpen);
    const findings = reaches.filter(isClosed).map(finding);
    if (hint && open.length > 0) return passedByAny(given, open, findings);
    const behind = hint && isUp(trial) && findings.length > 0 ? servedBeside(given) : undefined;
    if (behind !== undefined) return behind;
    return outcomeOf(
      { findings: isUp(trial) ? findings : [] },
      open.length === reaches.length ? passed(trial, open, []) : unreached(trial, reaches),
    );
  },
});

function isOpen(reach: Reach): reach is Open {
  return reach.kind === "open";
}

function isClosed(reach: Reach): reach is Closed {
  return reach.kind === "closed" || reach.kind === "shut";
}

const BATCH: Outcome = {
  status: "n/a",
  reason: { fr: "tâche batch : elle ne sert rien", en: "a batch task: it serves nothing" },
};

/** Whether the ports come from EXPOSE. EXPOSE documents possible ports; a manifest declares actual ports. */
function ofImage(
  { placement, image }: Pick<Collected, "placement" | "image">,
  { settings: { ports, calledPorts = [], datagramPorts = [] } }: Pick<TrialFacts, "settings">,
): boolean {
  if (calledPorts.length > 0 || datagramPorts.length > 0) return false;
  const { ports: given = [], readinessProbe, livenessProbe, startupProbe } = placement?.spec ?? {};
  if (given.length > 0 || [readinessProbe, livenessProbe, startupProbe].some((probe) => probe !== undefined))
    return false;
  const exposed = (image?.config.exposedPorts ?? []).map((port) => Number.parseInt(port, 10));
  return ports.every((port) => exposed.includes(port));
}

/** Whether the application was up: a listener before an early end may belong to a preparation step. */
function isUp(trial: TrialFacts): boolean {
  return worked(phaseRun(trial, "read-only")) || worked(phaseRun(trial, "writable"));
}

/** @param expected ports of EXPOSE that nothing opened */
function undeclared(given: Given, expected: readonly Reach[]): Outcome {
  const { trial } = given;
  const reaches = listenedPorts(trial, ["tcp"]).map((port) => reachOf(trial, port));
  const open = reaches.filter(isOpen);
  if (open.length > 0) return passedByAny(given, open, []);
  if (!isUp(trial)) return unobserved(trial, phaseRun(trial, "read-only"));
  const [first, ...more] = reaches.filter(isClosed).map(finding);
  const behind = first === undefined ? undefined : servedBeside(given);
  if (behind !== undefined) return behind;
  if (first !== undefined) return { status: "fail", findings: [first, ...more] };
  if (reaches.length > 0) return unreached(trial, reaches);
  const datagrams = boundDatagramPorts(trial).map(({ port, address }): Open => {
    return { kind: "open", port, address, ipv6: false, datagram: true };
  });
  if (datagrams.length > 0) return passed(trial, datagrams, []);
  if (expected.length > 0 || listenedPorts(trial).length > 0) return unreached(trial, expected);
  const seen = trialConditions(trial);
  return {
    status: "n/a",
    reason: {
      fr: `aucun port déclaré, et rien n'écoute, ${seen.fr}`,
      en: `no port declared, and nothing listens, ${seen.en}`,
    },
  };
}

/** Outcome for ports, if a single port that serves every client is enough. */
function passedByAny(given: Given, open: readonly Open[], closed: readonly Finding[]): Outcome {
  const { trial } = given;
  const serving = open.filter(({ port, datagram }) => datagram || filteredPort(trial, port) === undefined);
  if (serving.length > 0) return passed(trial, serving, closed);
  return servedBeside(given) ?? passed(trial, open, closed);
}

function passed(trial: TrialFacts, open: readonly Open[], closed: readonly Finding[]): Outcome {
  const old = notLookedAt(trial, "port-ends") ?? notLookedAt(trial, "peers");
  if (old !== undefined) return { ...old, notes: closed };
  const streams = open.filter(({ datagram }) => datagram !== true);
  const filtered = streams.flatMap(({ port }) => filteredPort(trial, port) ?? []);
  if (filtered.length > 0) return localPeersOnly(filtered, closed);
  const alone = open.filter(({ ipv6 }) => ipv6);
  const isIpv6 = trial.settings.ipFamily === "IPv6";
  if (alone.length > 0 && !isIpv6) return ipv6Only(alone.map(portName).join(", "), closed);
  const unreachedByIpv6 = open.filter(({ ipv4Alone }) => ipv4Alone === true);
  if (unreachedByIpv6.length > 0 && isIpv6) return ipv4Only(unreachedByIpv6.map(portName).join(", "), closed);
  const list = open
    .map(
      (one) =>
        `${one.address.includes(":") ? `[${excerpt(one.address)}]` : excerpt(one.address)}:${portName(one)}`,
    )
    .join(", ");
  const seen = trialConditions(trial);
  const isDatagram = open.every(({ datagram }) => datagram === true);
  return {
    status: "pass",
    proof: {
      fr: `${isDatagram ? "prend l'UDP sur toutes les adresses" : "ouvert de l'extérieur du pod"} : ${list}, ${seen.fr}`,
      en: `${isDatagram ? "takes UDP on every address" : "open from outside the pod"}: ${list}, ${seen.en}`,
    },
    notes: closed,
  };
}

/** Name of a port: `8080`, `53/udp`. */
function portName({ port, datagram }: Pick<Reach, "port" | "datagram">): string {
  return datagram === true ? `${port}/udp` : `${port}`;
}

function finding(reach: Closed): Finding {
  return { message: closedWords(reach), fingerprint: fingerprint(ID, portName(reach)) };
}

function closedWords(reach: Closed): Text {
  const port = portName(reach);
  if (reach.kind === "shut") {
    return {
      fr: `le port ${port}, ouvert d'abord, ne l'est plus à la fin de la phase : rien n'y écoute alors`,
      en: `port ${port}, open at first, is so no more at the end of the phase: nothing listens there then`,
    };
  }
  const list = reach.addresses.map(excerpt).join(", ");
  const moved = reach.moved
    ? {
        fr: " à la fin de la phase, après l'avoir été sur toutes",
        en: " at the end of the phase, after all of them",
      }
    : { fr: "", en: "" };
  return reach.loopback
    ? {
        fr: `le port ${port} n'est ouvert que sur ${list}${moved.fr} : ni le Service ni le kubelet ne l'atteignent`,
        en: `port ${port} is open on ${list} only${moved.en}: neither the Service nor the kubelet reaches it`,
      }
    : {
        fr: `le port ${port} n'est ouvert que sur l'adresse propre du pod (${list})${moved.fr}`,
        en: `port ${port} is open on the pod's own address only (${list})${moved.en}`,
      };
}

function unreached(trial: TrialFacts, reaches: readonly Reach[]): Outcome {
  if (!isUp(trial)) return unobserved(trial, phaseRun(trial, "read-only"));
  const unclear = reaches.filter(({ kind }) => kind === "unclear").map(portName);
  if (unclear.length > 0) return untaken(unclear.join(", "));
  const unended = reaches.filter(({ kind }) => kind === "unended").map(portName);
  if (unended.length > 0) return notLookedAt(trial, "port-ends") ?? withoutEnd(unended.join(", "));
  const waiting = reaches
    .filter(({ kind }) => kind !== "open")
    .map(portName)
    .join(", ");
  const heard = [
    ...listenedPorts(trial, ["tcp"]),
    ...listenedPorts(trial, ["udp"]).map((port) => `${port}/udp`),
  ].join(", ");
  const list = heard === "" ? { fr: "aucun", en: "none" } : { fr: heard, en: heard };
  return {
    status: "unproven",
    reason: {
      fr: `non observé : rien ne montre que le port ${waiting} est ouvert sur toutes les adresses (ports écoutés : ${list.fr})`,
      en: `not observed: nothing shows that port ${waiting} is open on every address (ports listened on: ${list.en})`,
    },
    settle: {
      fr: "Donner les ports de l'application dans trial.ports, ou allonger trial.readyTimeout (douane.yaml).",
      en: "Give the application's ports in trial.ports, or raise trial.readyTimeout (douane.yaml).",
    },
  };
}

/** Outcome for a container whose pod is reached at declared ports of other containers, such as a proxy. */
function servedBeside({ trial, workload }: Given): Outcome | undefined {
  // The same trial may be bound to a workload without a sidecar: only ports that this workload declares
  // count.
  const open = (trial.openBeside ?? []).filter((one) => workload !== undefined && declares(workload, one));
  if (open.length === 0) return undefined;
  const list = open.map(({ container, port }) => `${excerpt(container)} :${port}`).join(", ");
  const seen = trialConditions(trial);
  return {
    status: "pass",
    proof: {
      fr: `le pod est ouvert par un autre de ses conteneurs, comme le déclare le manifeste : ${list}, ${seen.fr}`,
      en: `the pod is open through another of its containers, as the manifest declares: ${list}, ${seen.en}`,
    },
  };
}

function declares(
  workload: WorkloadFacts,
  { container, port }: NonNullable<TrialFacts["openBeside"]>[number],
): boolean {
  return placements(workload).some(
    (one) => containerName(one) === container && declaredPorts(one.spec).includes(port),
  );
}
