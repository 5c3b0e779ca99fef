/** One COPY or ADD of the history whose sources are known. */
export interface CopiedFiles {
  readonly sources: readonly string[];
  readonly destination: string;
}

/**
 * What a step of the history copied, or undefined when it copied nothing from the build context.
 * BuildKit and kaniko keep the instruction as written; the classic builder replaces sources by their hash.
 */
export function copiedFiles(createdBy: string): CopiedFiles | undefined {
  if (!/^(?:COPY|ADD) /.test(createdBy)) return undefined;
  const [, ...given] = createdBy
    .replace(/ # buildkit$/, "")
    .split(" ")
    .filter((word) => word !== "");
  const words = given.slice(given.findIndex((word) => !word.startsWith("--")));
  const destination = words.at(-1);
  if (words.length < 2 || destination === undefined || createdBy.includes(" --from=")) return undefined;
  return { sources: words.slice(0, -1), destination };
}
