import { UsageError } from "../../contract/error.ts";
import { runCheck } from "../check/run-check.ts";
import type { Session } from "../command-line/command.ts";
import type { TrialValues } from "./flags.ts";

/** `douane trial`: `douane check` with trials. */
export async function runTrialCommand(
  session: Session,
  { output, keep, container, ...values }: TrialValues,
  operands: readonly string[],
): Promise<number> {
  if (operands.length + values.filename.length === 0) throw nothingToTry();
  return runCheck(
    session,
    { ...values, trial: true, noImages: false, evidence: [], saveEvidence: output },
    operands,
    {
      ...(keep === undefined ? {} : { keep }),
      inPlace: container === undefined ? {} : { container },
    },
  );
}

function nothingToTry(): UsageError {
  return new UsageError("image-missing", {
    fr: "Rien à essayer. Nommer une image (douane trial registry.example.fr/equipe/portail:1.4.2) ou des manifestes (douane trial -f deploiement/).",
    en: "Nothing to try. Name an image (`douane trial registry.example.fr/team/portal:1.4.2`) or manifests (`douane trial -f deploy/`).",
  });
}
