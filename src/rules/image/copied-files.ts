/** A COPY or ADD of the history with known sources. */
export interface CopiedFiles {
  readonly sources: readonly string[];
  readonly destination: string;
}

/**
 * Files copied by a step of the history; undefined if it copied none from the build context. BuildKit and
 * kaniko record the instruction as written; the classic builder replaces sources by their hash.
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
