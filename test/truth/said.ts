import type { Case } from "./case.ts";
import type { Judged } from "./judge-case.ts";

/** Why the contract says otherwise, and what the tool says of the rows that the case is about: for whoever reads a failure. */
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
