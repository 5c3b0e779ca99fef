// Validation of probes and hooks: their numbers and names. Other rules judge the number of actions and the
// existence of ports.

import {
  checkRange,
  checkWord,
  entries,
  type Field,
  isSet,
  member,
  reject,
  rejectValue,
  textOf,
} from "./field.ts";
import { checkPortReference } from "./ports.ts";

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"] as const;
const COUNTS = [
  "initialDelaySeconds",
  "periodSeconds",
  "timeoutSeconds",
  "successThreshold",
  "failureThreshold",
];

export function checkProbes(container: Field): void {
  for (const name of PROBES) {
    const probe = member(container, name);
    for (const count of COUNTS) checkRange(member(probe, count), 0);
    checkAction(probe);
    const grace = member(probe, "terminationGracePeriodSeconds");
    if (name === "readinessProbe") {
      if (isSet(grace)) reject(grace, { fr: "n'existe pas ici", en: "cannot be set here" });
      continue;
    }
    checkRange(grace, 1);
    // A liveness or startup probe succeeds as soon as it passes once.
    const successes = member(probe, "successThreshold");
    if (Number(successes.value) > 1) rejectValue(successes, { fr: "1", en: "1" });
  }
}

export function checkHooks(container: Field): void {
  for (const name of ["postStart", "preStop"]) {
    const hook = member(container, "lifecycle", name);
    checkAction(hook);
    checkRange(member(hook, "sleep", "seconds"), 0);
  }
}

/** Refuses probes and hooks of init containers that end. */
export function refuseHandlers(container: Field): void {
  for (const name of [...PROBES, "lifecycle"]) {
    const field = member(container, name);
    if (isSet(field)) reject(field, OF_INIT);
  }
}

const OF_INIT = {
  fr: "ne va pas avec un conteneur d'initialisation sans restartPolicy: Always",
  en: "cannot be set on an init container without restartPolicy: Always",
};

function checkAction(handler: Field): void {
  checkWord(member(handler, "httpGet", "scheme"), ["HTTP", "HTTPS"]);
  for (const header of entries(member(handler, "httpGet", "httpHeaders"))) {
    const name = member(header, "name");
    if (!/^[-A-Za-z0-9]+$/.test(textOf(name) ?? "")) {
      reject(name, { fr: "n'est pas un nom d'en-tête HTTP", en: "is not the name of an HTTP header" });
    }
  }
  for (const kind of ["httpGet", "tcpSocket", "grpc"]) checkPortReference(member(handler, kind, "port"));
}
