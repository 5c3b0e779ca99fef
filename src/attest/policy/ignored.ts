import type { IgnoredAttestation } from "../../contract/attestation-facts.ts";
import type { Text } from "../../contract/text.ts";

/** Reason why a statement does not count. */
export type Ignored = Omit<IgnoredAttestation, "name">;

/**
 * Separates statements without a problem from statements with a problem.
 *
 * @param problems one entry per statement, in order
 */
export function separate<T extends { readonly statement: Pick<IgnoredAttestation, "name"> }>(
  statements: readonly T[],
  problems: readonly (Ignored | undefined)[],
): { readonly passing: readonly T[]; readonly refused: readonly IgnoredAttestation[] } {
  const refused = statements.flatMap(({ statement: { name } }, index): readonly IgnoredAttestation[] => {
    const problem = problems[index];
    return problem === undefined ? [] : [{ name, code: problem.code, text: problem.text }];
  });
  return { passing: statements.filter((_, index) => problems[index] === undefined), refused };
}

export function ignored(code: string, text: Text): Ignored {
  return { code, text };
}
