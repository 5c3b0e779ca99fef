// Admission review; model: k8s.io/pod-security-admission/admission/admission.go.

import type { Lang, Text } from "../../contract/text.ts";
import { type Fields, stringOf } from "../../json/fields.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { DecisionKind } from "../decision-kinds.ts";
import type { DecisionCause } from "../ports.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { annotations, decisionOf, type Grounds } from "./decision.ts";
import { graceOf, graceText } from "./graced.ts";
import { groundsOf } from "./grounds.ts";
import { type Observation, observationOf, observationText, wouldRefuse } from "./observation.ts";
import type { ReviewPorts, ReviewSettings, VerdictRequest } from "./ports.ts";
import { releasesOf, releaseText } from "./released.ts";
import type { Remarks } from "./remarks.ts";
import { type AdmissionResponse, allowed, refused } from "./response.ts";
import { type Scope, scopeOf } from "./scope.ts";
import {
  controllerSubject,
  isSignificantChange,
  isSignificantUpdate,
  labelsDigest,
  podSubject,
  type Subject,
  startDigest,
} from "./subject.ts";
import { boundWorkload } from "./workload-of.ts";

/** Request to review, with the deadline and the check of a VerdictRequest. */
export interface Asked extends Pick<VerdictRequest, "until" | "verify"> {
  readonly request: AdmissionRequest;
}

/**
 * Milliseconds for the warnings about a controller: `kubectl apply` waits for them, and they are only advice.
 */
const CONTROLLER_MS = 1_000;

/**
 * Decides about a request; all effects go through the ports. Rejects only if a port other than `record`
 * rejects.
 */
export async function review(
  asked: Asked,
  settings: ReviewSettings,
  ports: ReviewPorts,
): Promise<AdmissionResponse> {
  const { request } = asked;
  const scope = scopeOf(request, settings.exempt);
  switch (scope.kind) {
    case "skipped":
      return allowed(request.uid);
    case "exempt":
      return marked(request, "exempt", ports);
    case "mirror":
      return marked(request, "reported", ports, [MIRROR[settings.lang]]);
    case "controller":
      return warned(asked, scope, settings, ports);
    case "pod":
      return judged(asked, scope, settings, ports);
    default:
      return scope satisfies never;
  }
}

/**
 * Allows a request without a judgement, even if the decision cannot be recorded: an exempt namespace does not
 * depend on the server.
 */
function marked(
  request: AdmissionRequest,
  kind: DecisionKind,
  ports: ReviewPorts,
  warnings: readonly string[] = [],
): AdmissionResponse {
  if (!request.isDryRun) ports.record(decisionOf(request, kind, ports.now())).catch(() => {});
  return allowed(request.uid, { warnings, annotations: { decision: kind } });
}

type Found = Extract<Scope, { readonly object: Fields }>;

async function warned(
  { request, until, verify }: Asked,
  { object }: Found,
  settings: ReviewSettings,
  ports: ReviewPorts,
): Promise<AdmissionResponse> {
  const { uid, namespace, oldObject } = request;
  if (oldObject !== undefined && !isSignificantChange(object, oldObject)) return allowed(uid);
  const subject = controllerSubject(object, namespace);
  const latest = Math.min(until, ports.now() + CONTROLLER_MS);
  const { answer, causes, remarks } = await groundsOf(
    request,
    subject,
    { until: latest, verify },
    settings,
    ports,
  );
  const observation = observationOf(settings.admission, request, ports.now());
  const observing = [
    ...(observation === undefined ? [] : [observationText(observation, settings.lang)]),
    ...remarks.messages,
  ];
  if (causes.length === 0) return allowed(uid, { warnings: observing });
  await ignored(recorded(request, "warned", { answer, causes, ...observedBy(observation) }, ports));
  return allowed(uid, {
    warnings: [...observing, ...causes.map(({ message }) => `douane: ${message}`)],
    annotations: annotations("warned", answer, causes),
  });
}

async function judged(
  { request, until, verify }: Asked,
  { object }: Found,
  settings: ReviewSettings,
  ports: ReviewPorts,
): Promise<AdmissionResponse> {
  const { uid, namespace, operation, oldObject } = request;
  const { lang } = settings;
  if (object["kind"] !== "Pod" || object["apiVersion"] !== "v1") {
    return refusedFor(request, { causes: [unreadable(object, lang)] }, lang, ports);
  }
  if (operation === "UPDATE" && oldObject !== undefined && !isSignificantUpdate(object, oldObject)) {
    return allowed(uid, { annotations: { decision: "unchanged" } });
  }
  const subject = podSubject(object, namespace, boundWorkload(request, settings.bound));
  const observation = observationOf(settings.admission, request, ports.now());
  if (observation !== undefined)
    return observed({ request, until, verify }, subject, observation, settings, ports);
  const grounds = await groundsOf(request, subject, { until, verify }, settings, ports);
  const { remarks } = grounds;
  const grace = await graceOf(request, subject, grounds, settings, ports);
  const { answer, causes } = grace ?? grounds;
  const isLetIn = causes.length === 0 || grace !== undefined;
  const releases = isLetIn ? [] : await releasesOf(object, namespace, causes, ports);
  if (releases === undefined) return refusedFor(request, { answer, causes }, lang, ports);
  const kind = grace !== undefined ? "grace" : causes.length === 0 ? "admitted" : "released";
  const by = {
    ...(releases.length === 0 ? {} : { releases: releases.map(({ id }) => id) }),
    ...(grace === undefined ? {} : { graceUntil: grace.until }),
  };
  try {
    await recorded(
      request,
      kind,
      { answer, causes, ...startOf(subject), ...warnedBy(remarks), ...by },
      ports,
    );
  } catch {
    const cause = { reason: "not-recorded", message: UNRECORDED[lang] } as const;
    return refusedFor(request, { answer, causes: [cause] }, lang, ports);
  }
  return allowed(uid, {
    warnings: [
      ...releases.map((one) => releaseText(one, lang)),
      ...(grace === undefined ? [] : [graceText(grace.until, lang)]),
      ...causes.map(({ message }) => `douane: ${message}`),
      ...remarks.messages,
    ],
    annotations: {
      ...annotations(kind, answer, causes),
      ...released(by.releases),
      ...(grace === undefined ? {} : { grace: grace.until }),
      ...(remarks.rows.length === 0 ? {} : { warned: remarks.rows.join(",") }),
    },
  });
}

function warnedBy({ rows }: Remarks): Pick<Grounds, "warned"> {
  return rows.length === 0 ? {} : { warned: rows };
}

function released(ids: readonly string[] | undefined): Readonly<Record<string, string>> {
  return ids === undefined ? {} : { releases: ids.join(",") };
}

/** Admits an observed pod and warns about the causes against it. Does not wait for an examination. */
async function observed(
  { request, until, verify }: Asked,
  subject: Subject,
  observation: Observation,
  settings: ReviewSettings,
  ports: ReviewPorts,
): Promise<AdmissionResponse> {
  const { lang } = settings;
  const latest = Math.min(until, ports.now() + CONTROLLER_MS);
  const { answer, causes } = await groundsOf(request, subject, { until: latest, verify }, settings, ports);
  const kind = causes.length === 0 ? "admitted" : "observed";
  await ignored(
    recorded(request, kind, { answer, causes, ...startOf(subject), ...observedBy(observation) }, ports),
  );
  return allowed(request.uid, {
    warnings: [
      observationText(observation, lang),
      ...causes.map(({ message }) => wouldRefuse(message, lang)),
    ],
    annotations: { ...annotations(kind, answer, causes), observed: observation.until },
  });
}

function observedBy(observation: Observation | undefined): Pick<Grounds, "observedUntil"> {
  return observation === undefined ? {} : { observedUntil: observation.until };
}

type Start = Required<Pick<Grounds, "start" | "labels">>;

/** Starts and labels by digest of the subject, cached: one subject is admitted thousands of times. */
const STARTS = new BoundedMap<Start>(50_000);

function startOf({ digest, object }: Subject): Start {
  const known = STARTS.get(digest);
  if (known !== undefined) return known;
  const start = { start: startDigest(object), labels: labelsDigest(object) };
  STARTS.set(digest, start);
  return start;
}

/** Refuses a request, even if the refusal cannot be recorded. */
async function refusedFor(
  request: AdmissionRequest,
  grounds: Grounds,
  lang: Lang,
  ports: ReviewPorts,
): Promise<AdmissionResponse> {
  await ignored(recorded(request, "refused", grounds, ports));
  const { answer, causes } = grounds;
  const lines = causes.map(({ message }) => `\n- ${message}`);
  const message = `${REFUSED(causes.length)[lang]}${lines.join("")}`;
  return refused(request.uid, message, causes, annotations("refused", answer, causes));
}

/** Records a decision, unless the request is a dry run, which has no side effects. */
async function recorded(
  request: AdmissionRequest,
  kind: DecisionKind,
  grounds: Grounds,
  ports: ReviewPorts,
): Promise<void> {
  if (request.isDryRun) return;
  await ports.record(decisionOf(request, kind, ports.now(), grounds));
}

async function ignored(work: Promise<void>): Promise<void> {
  await work.catch(() => {});
}

function unreadable({ kind, apiVersion }: Fields, lang: Lang): DecisionCause {
  const seen = JSON.stringify(`${stringOf(apiVersion)} ${stringOf(kind)}`.slice(0, 120));
  const message = {
    fr: `la demande porte sur un pod, mais son objet est ${seen} : une sous-ressource inconnue n'est jamais admise sans jugement.`,
    en: `the request is about a pod, but its object is ${seen}: an unknown subresource is never admitted without judgement.`,
  };
  return { reason: "pod-unreadable", message: message[lang] };
}

const REFUSED = (count: number): Text => ({
  fr: `douane : refusé, ${count} raison${count > 1 ? "s" : ""} :`,
  en: `douane: refused for ${count} reason${count > 1 ? "s" : ""}:`,
});
const UNRECORDED: Text = {
  fr: "la décision n'a pas pu être inscrite dans le journal d'audit. Recommencer, puis prévenir la plateforme.",
  en: "the decision could not be written into the audit log. Try again, then tell the platform.",
};
const MIRROR: Text = {
  fr: "douane : pod statique d'un nœud, que son kubelet lance quelle que soit la réponse ; il est signalé, et ne compte pas comme admis.",
  en: "douane: static pod of a node, which its kubelet runs whatever the answer; it is reported, and does not count as admitted.",
};
