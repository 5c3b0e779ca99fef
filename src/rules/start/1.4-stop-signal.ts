// The image's stop signal lets the program end by itself (contract 1.4: disposability).
//
// StopSignal (OCI image config) is "SIG" and a name, or a number. Kubernetes sends this signal first, unless the
// container's lifecycle.stopSignal (Kubernetes 1.33) sets another signal.
//
//   absent                                       SIGTERM: fine
//   SIGTERM, SIGINT, SIGQUIT (nginx), SIGWINCH (httpd), SIGRTMIN+3 (systemd), the number of one of these  fine
//   SIGKILL, 9                                   fail: no chance to finish requests
//   SIGSTOP, 19                                  fail: suspends the process
//   SIGCHLD, SIGCONT, SIGURG                     fail: ignored by default
//   an unknown name                              fail: the runtime cannot send it

import { isInImage } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type CommandPlace, manifestKey } from "../../start/command-place.ts";
import { containerField, type StartedImage, startedImage } from "../../start/started-image.ts";
import { defineStartRule } from "./start-rule.ts";

const ID = "1.4-stop-signal";

/** Signal names of signal(7), x86 and Arm numbering; index = number. */
const SIGNALS = (
  "NULL HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP " +
  "TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS"
).split(" ");
const KILLS: Text = {
  fr: "le programme est tué sans pouvoir terminer ses requêtes",
  en: "the program is killed before it can finish its requests",
};
const SUSPENDS: Text = {
  fr: "le programme est suspendu au lieu de s'arrêter",
  en: "the program is suspended instead of stopped",
};
const IGNORED: Text = { fr: "un programme l'ignore par défaut", en: "a program ignores it by default" };
const WRONG: Readonly<Record<string, Text>> = {
  KILL: KILLS,
  STOP: SUSPENDS,
  TSTP: SUSPENDS,
  TTIN: SUSPENDS,
  TTOU: SUSPENDS,
  CHLD: IGNORED,
  CONT: IGNORED,
  URG: IGNORED,
};

const IN_MANIFEST: Text = {
  fr: "Supprimer lifecycle.stopSignal du manifeste, ou y écrire SIGTERM.",
  en: "Remove lifecycle.stopSignal from the manifest, or write SIGTERM there.",
};

export const stopSignal = defineStartRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Le signal d'arrêt de l'image laisse le programme se terminer",
    en: "The image's stop signal lets the program end by itself",
  },
  why: {
    fr: "Kubernetes envoie ce signal, puis attend le délai de grâce : un programme qui ne peut pas le traiter perd les requêtes en cours à chaque redéploiement.",
    en: "Kubernetes sends this signal, then waits for the grace period: a program that cannot handle it loses its requests in flight at every rollout.",
  },
  remedy: {
    fr: "Supprimer STOPSIGNAL du Dockerfile, ou écrire « STOPSIGNAL SIGTERM ».",
    en: "Remove STOPSIGNAL from the Dockerfile, or write `STOPSIGNAL SIGTERM`.",
  },
  check(evidence) {
    const image = startedImage(evidence);
    const { stopSignal: signal = "" } = image.config;
    if (signal === "") {
      return {
        status: "pass",
        proof: { fr: "pas de STOPSIGNAL : SIGTERM s'applique", en: "no STOPSIGNAL: SIGTERM applies" },
      };
    }
    const name = nameOf(signal);
    if (name === undefined) {
      return refuse(image, signal, { fr: "ce n'est pas un signal", en: "it is not a signal" });
    }
    const wrong = Object.hasOwn(WRONG, name) ? WRONG[name] : undefined;
    if (wrong !== undefined) return refuse(image, signal, wrong);
    return {
      status: "pass",
      proof: { fr: `${fieldOf(image)} ${excerpt(signal)}`, en: `${fieldOf(image)} ${excerpt(signal)}` },
    };
  },
});

/** Name of the signal without "SIG"; real-time signals keep their own names. Undefined for other texts. */
function nameOf(signal: string): string | undefined {
  if (/^\d{1,2}$/.test(signal)) {
    const number = Number.parseInt(signal, 10);
    if (number === 0 || number > 64) return undefined;
    return SIGNALS[number] ?? "RTMIN";
  }
  const name = signal.toUpperCase().replace(/^SIG/, "");
  if (/^RTM(?:IN(?:\+\d{1,2})?|AX(?:-\d{1,2})?)$/.test(name)) return "RTMIN";
  return name !== "NULL" && SIGNALS.includes(name) ? name : undefined;
}

/** Field with the stop signal: lifecycle.stopSignal of the manifest takes precedence over the image's. */
function fieldOf({ manifest }: StartedImage): string {
  return manifest?.sets.has("stopSignal") === true ? "lifecycle.stopSignal" : "STOPSIGNAL";
}

function refuse(image: StartedImage, signal: string, why: Text): Outcome {
  const [field, shown] = [fieldOf(image), excerpt(signal)];
  const { manifest } = image;
  const at: CommandPlace =
    manifest === undefined || field === "STOPSIGNAL"
      ? { path: "config.StopSignal" }
      : containerField(manifest, field);
  return {
    status: "fail",
    findings: [
      {
        message: { fr: `${field} ${shown} : ${why.fr}`, en: `${field} ${shown}: ${why.en}` },
        ...(isInImage(at) ? {} : { remedy: IN_MANIFEST }),
        fingerprint: fingerprint(ID, ...manifestKey(at), signal),
        at,
      },
    ],
  };
}
