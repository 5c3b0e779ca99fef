/** One COPY or ADD of the history whose sources are known. */
export interface CopiedFiles {
  readonly sources: readonly string[];
  readonly destination: string;
}

/** BuildKit and kaniko keep the instruction as written; the classic builder replaces sources by their hash. */
const INSTRUCTION = /^(?:COPY|ADD) (?:--\S{1,200} )*(.{3,4000}?)(?: # buildkit)?$/s;

/** What a step of the history copied, or undefined when it copied nothing from the build context. */
export function copiedFiles(createdBy: string): CopiedFiles | undefined {
  const words =
    INSTRUCTION.exec(createdBy)?.[1]
      ?.split(" ")
      .filter((word) => word !== "") ?? [];
  const destination = words.at(-1);
  if (words.length < 2 || destination === undefined || createdBy.includes(" --from=")) return undefined;
  return { sources: words.slice(0, -1), destination };
}
