import { fingerprint } from "../../contract/fingerprint.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, worked } from "../../observations/phase-run.ts";
import { type ResponseDiff, responseDiff } from "../../observations/response-diff.ts";

const ID = "1.2-trial-read-only-root";
const SHOWN = 5;

type Fail = Extract<Outcome, { readonly status: "fail" }>;
type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

/**
 * Outcome if requests were answered differently on the two roots; otherwise undefined.
 *
 * @param path path written to the root, successfully or not
 */
export function whenResponsesDiffer(
  { trial }: { readonly trial: TrialFacts },
  path: string | undefined,
): Fail | Unproven | undefined {
  const [readOnly, writable] = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")];
  if (!worked(readOnly) || !worked(writable)) return undefined;
  const { worse, better } = responseDiff(readOnly, writable);
  const [first, ...more] = worse.slice(0, SHOWN).map((pair) => finding(pair, path));
  if (first !== undefined) {
    const busy = worse.every(isLate) ? limitedBy([readOnly], ["processor"]) : undefined;
    if (busy !== undefined) return busy;
    return isHindered(readOnly) ? unsure(worse[0]) : { status: "fail", findings: [first, ...more] };
  }
  return unsure(better[0]);
}

/** Whether the answer is missing, or a server's timeout: on a busy machine, either may only be late. */
function isLate({ readOnly: { answered, event } }: ResponseDiff): boolean {
  return !answered || (event.kind === "http" && TOO_LATE.includes(event.status));
}

/** Statuses of a late upstream: bad gateway, service unavailable, gateway timeout. */
const TOO_LATE: readonly (number | undefined)[] = [502, 503, 504];

/** Whether other containers of the pod, on which answers may depend, were missing. */
function isHindered({ observations }: PhaseRun): boolean {
  return observed(observations, "other-container").length > 0;
}

function finding({ readOnly, writable }: ResponseDiff, path: string | undefined) {
  const asked = excerpt(readOnly.asked);
  const [own, other] = [excerpt(readOnly.answer), excerpt(writable.answer)];
  const file = path === undefined ? "" : ` (${excerpt(path)})`;
  return {
    message: {
      fr: `${asked} : ${own} sur une racine en lecture seule, ${other} quand elle est inscriptible${file}`,
      en: `${asked}: ${own} on a read-only root, ${other} when it can be written${file}`,
    },
    remedy: {
      fr: "Écrire dans /tmp ou dans un volume emptyDir ce que cette requête écrit, et répondre sans ce fichier.",
      en: "Write what this request writes to /tmp or to an emptyDir volume, and answer without that file.",
    },
    fingerprint: fingerprint(ID, "answer", readOnly.asked),
    ...(path === undefined ? {} : { at: { path } }),
  };
}

function unsure(pair: ResponseDiff | undefined): Unproven | undefined {
  if (pair === undefined) return undefined;
  const { readOnly, writable } = pair;
  const asked = excerpt(readOnly.asked);
  const [own, other] = [excerpt(readOnly.answer), excerpt(writable.answer)];
  return {
    status: "unproven",
    reason: {
      fr: `non observé : ${asked} répond ${own} sur la racine en lecture seule, ${other} sur la racine inscriptible, sans que la racine en soit sûrement la cause`,
      en: `not observed: ${asked} answers ${own} on the read-only root, ${other} on the writable one, which the root need not be the cause of`,
    },
    settle: {
      fr: "Refaire l'essai, au besoin avec trial.settle plus long (douane.yaml).",
      en: "Repeat the trial, with a longer trial.settle if need be (douane.yaml).",
    },
  };
}
