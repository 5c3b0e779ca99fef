import type { Case } from "./case.ts";
import type { Judged } from "./judge-case.ts";

/** Message of a failure: the contract's reason, and the tool's answers to the case's rows. */
export function said({ expect, why }: Case, { verdicts, told }: Judged): string {
  const rows = verdicts.flatMap((verdict) =>
    verdict.rows
      .filter(({ id }) => expect !== "refused" && expect[id] !== undefined)
      .flatMap(({ id, answer, findings, doubts, proofs }) => [
        `${verdict.subject.name} ${id}: ${answer}`,
        ...findings.map(({ rule, message, presumed }) => `  ${presumed ? "~" : "-"} ${rule}: ${message.en}`),
        ...doubts.map(({ rule, reason }) => `  ? ${rule}: ${reason.en}`),
        ...proofs.map(({ rule, message }) => `  + ${rule}: ${message.en}`),
      ]),
  );
  return [why, ...rows, ...told.map((text) => `told: ${text}`)].join("\n");
}
