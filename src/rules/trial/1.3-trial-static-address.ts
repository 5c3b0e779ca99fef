// During the trial, the application calls no address that it was not given (contract 1.3: no static IP address).
//
//   a TCP connection to a literal address outside the pod, which no variable gave,
//   at any port; port 53 counts as DNS only at the pod's own resolver                  fail
//   the same, but another container of the pod may have made it                        unproven
//   the same, but some values are unknown (envFrom, mounted files)                     unproven
//   packets of another protocol to such an address (a log or a DNS query by
//   UDP), with the same two exceptions                                                 fail
//   addresses of variables and arguments; answers of DNS; a UDP socket that was only
//   connected, by which a program asks the kernel for its own address; loopback, link-local,
//   documentation                                                                      no static address

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { phaseRun, worked } from "../../observations/phase-run.ts";
import { notLookedAt } from "../../observations/requests.ts";
import { isStaticAddress } from "../../observations/static-host.ts";
import { unobserved } from "../../observations/unobserved.ts";
import { knownValues } from "./known-values.ts";
import { trialConditions } from "./trial-conditions.ts";

const ID = "1.3-trial-static-address";
const SHOWN = 20;

export const trialStaticAddress = defineRule({
  id: ID,
  rows: ["twelve-factor"],
  title: {
    fr: "Pendant l'essai, l'application n'appelle aucune adresse IP figée",
    en: "During the trial, the application calls no fixed IP address",
  },
  why: {
    fr: "Une adresse écrite dans le code ne vaut que pour un environnement, et jusqu'au prochain redémarrage de ce qui y répond.",
    en: "An address in the code holds for one environment only, and until the next restart of what answers there.",
  },
  remedy: {
    fr: "Appeler un nom de service, donné par une variable d'environnement.",
    en: "Call the name of a service, given by an environment variable.",
  },
  needs: ["trial"],
  uses: ["placement", "image"],
  check(given) {
    const { trial, image } = given;
    const { values, complete } = knownValues(given);
    const calls = fixedCalls(trial).filter(({ address }) => !values.some((value) => value.includes(address)));
    const sure = calls.filter(({ unsure }) => unsure !== true);
    const findings = distinct(sure).map(finding);
    const [first] = findings;
    if (first !== undefined && (image === undefined || !complete)) return perhapsGiven(first);
    const [unsure] = calls;
    return outcomeOf({ findings }, unsure === undefined ? whenNoneCalled(trial) : calledByAny(unsure));
  },
});

interface Call {
  readonly address: string;
  /** TCP port; absent for packets of other protocols, whose port is not observed. */
  readonly port?: number;
  readonly unsure?: true;
}

/** Calls of external addresses; packets sent to an address belong to the call of that address. */
function fixedCalls({ observations }: TrialFacts): readonly Call[] {
  const calls = observed(observations, "connect").filter(isFixed);
  const called = new Set(calls.map(({ address }) => address));
  const sent = observed(observations, "sent").filter(({ address }) => isStaticAddress(address));
  return [...calls, ...sent.filter(({ address }) => !called.has(address))];
}

/** Outcome for an address whose origin is uncertain. */
function perhapsGiven({ message }: Finding): Outcome {
  return {
    status: "unproven",
    reason: {
      fr: `${message.fr} : des variables ou des fichiers dont la valeur n'est pas connue ici ont pu la donner`,
      en: `${message.en}: variables or files whose values are not known here may have given it`,
    },
    settle: {
      fr: "Donner un nom de service plutôt qu'une adresse, et le déclarer dans trial.dependencies (douane.yaml).",
      en: "Give the name of a service rather than an address, and declare it in trial.dependencies (douane.yaml).",
    },
  };
}

/** Outcome if no fixed address was called: depends on whether the trial would have shown calls. */
function whenNoneCalled(trial: TrialFacts): Outcome {
  const runs = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")] as const;
  if (!runs.some(worked)) return unobserved(trial, runs[0]);
  const hidden = limitedBy(runs) ?? notLookedAt(trial, "sent-packets");
  if (hidden !== undefined) return hidden;
  const seen = trialConditions(trial);
  const besides = trial.executor.missesBriefCalls === true ? BRIEF : { fr: "", en: "" };
  return {
    status: "pass",
    proof: {
      fr: `rien n'est parti vers une adresse IP figée${besides.fr}, ${seen.fr}`,
      en: `nothing was sent to a fixed IP address${besides.en}, ${seen.en}`,
    },
  };
}

/** Caveat if ss is missing: /proc shows only connections that exist when it is read. */
const BRIEF: Text = {
  fr: " (celles qui se ferment aussitôt ne se voient pas sans ss, d'iproute2, et stdbuf)",
  en: " (those that are closed at once are not visible without ss, of iproute2, and stdbuf)",
};

function distinct(calls: readonly Call[]): readonly Call[] {
  return [...new Map(calls.map((call) => [`${call.address} ${call.port}`, call])).values()].slice(0, SHOWN);
}

function calledByAny(call: Call): Outcome {
  const called = shownCall(call);
  return {
    status: "unproven",
    reason: {
      fr: `non observé : l'adresse ${called} a été appelée par ce conteneur ou par un autre du même pod`,
      en: `not observed: the address ${called} was called by this container or by another of the same pod`,
    },
    settle: {
      fr: "Essayer chaque image seule (douane trial IMAGE), ou appeler un nom plutôt qu'une adresse.",
      en: "Try each image alone (`douane trial IMAGE`), or call a name rather than an address.",
    },
  };
}

function isFixed({ protocol, address, dependency }: Observed<"connect">): boolean {
  return protocol === "tcp" && dependency === undefined && isStaticAddress(address);
}

function finding(call: Call): Finding {
  const { address, port } = call;
  const called = shownCall(call);
  const [fr, en] =
    port === undefined
      ? [
          `l'application envoie des paquets à l'adresse ${called}`,
          `the application sends packets to the address ${called}`,
        ]
      : [`l'application appelle l'adresse ${called}`, `the application calls the address ${called}`];
  return {
    message: { fr: `${fr}, qu'aucune variable ne lui donne`, en: `${en}, which no variable gives it` },
    fingerprint: fingerprint(ID, address, `${port ?? ""}`),
  };
}

function shownCall({ address, port }: Call): string {
  return port === undefined ? excerpt(address) : `${excerpt(address)}:${port}`;
}
