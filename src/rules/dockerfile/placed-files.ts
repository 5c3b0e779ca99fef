import type { CopyFacts, Position, RunCommandFacts, StageFacts } from "../../contract/dockerfile-facts.ts";
import type { BuildableDockerfile } from "../../dockerfile/unless-refused.ts";
import { commandName } from "../../shell/wrappers.ts";

/** Files that a single instruction puts into a stage. */
export interface PlacedFiles {
  readonly by: "COPY" | "ADD" | "RUN";
  /** Paths as written; empty for the output of a command or a here-document. */
  readonly sources: readonly string[];
  readonly destination: string;
  /** The stage or image of `--from`. */
  readonly from?: string;
  /** Whether the final image is made of the stage. */
  readonly kept: boolean;
  /** Set if the file is created empty: `touch`. */
  readonly empty?: true;
  /** Path of the mounted secret that the file is or contains. */
  readonly secret?: string;
  readonly at: Position;
}

/** Everything that COPY, ADD and the commands of RUN put into a stage under a name that can be read, in the file's order. */
export function placedFiles({ stages, final }: BuildableDockerfile): readonly PlacedFiles[] {
  return stages.flatMap((stage, index) => placedIn(stage, final.chain.includes(index)));
}

/** Files that commands of RUN create; `destinationOf` reads a file's path from a command's words. */
export function filesMade(
  { stages, final }: BuildableDockerfile,
  destinationOf: (words: readonly string[]) => string | undefined,
): readonly PlacedFiles[] {
  return stages.flatMap(({ runs }, index) =>
    runs
      .flatMap(({ commands }) => commands)
      .flatMap(({ words, at }) => {
        const destination = destinationOf(words);
        if (destination === undefined) return [];
        return [{ by: "RUN" as const, sources: [], destination, kept: final.chain.includes(index), at }];
      }),
  );
}

function placedIn({ copies, runs }: StageFacts, kept: boolean): readonly PlacedFiles[] {
  const copied = copies.map(
    (copy) => ({ ...copy, by: copy.instruction, kept }) satisfies PlacedFiles & CopyFacts,
  );
  const written = runs.flatMap(({ commands, mounts = NO_MOUNTS }) => {
    const gone = [...commands.flatMap(removedBy), ...mounts.passing];
    return commands
      .flatMap((command, index) => writtenBy(command, kept, commands[index - 1]))
      .filter(({ destination }) => !gone.some((one) => names(one, destination)))
      .map((files) => withSecret(files, mounts.secrets));
  });
  return [...copied, ...written];
}

const NO_MOUNTS = { secrets: [], passing: [] };

function withSecret(files: PlacedFiles, mounted: readonly string[]): PlacedFiles {
  const secret = files.sources.find((source) => isMountedSecret(source) || mounted.includes(source));
  return secret === undefined ? files : { ...files, secret };
}

/** Paths of the placed files: each source's path in the destination, and the destination itself. */
export function pathsOf({ sources, destination }: PlacedFiles): readonly string[] {
  return [...sources, destination].map(pathOf);
}

/** Absolute path for rules on paths; a pattern becomes the shortest matching name: `.env*` becomes `.env`. */
export function pathOf(name: string): string {
  const plain = name.replace(/[*?]/g, "").replace(/(?<![./])[./]+$/, "");
  return plain.startsWith("/") ? plain : `/${plain.replace(/^(?:\.{1,2}\/)+/, "")}`;
}

/** Options of install that take the next word. */
const VALUED = /^-[mogtS]$/;

function writtenBy(
  { words, writes = [], at }: RunCommandFacts,
  kept: boolean,
  before: RunCommandFacts | undefined,
): readonly PlacedFiles[] {
  const place = { by: "RUN", kept, at } as const;
  const empty =
    words.length === 1 && (words[0] === ":" || words[0] === "true") ? { empty: true as const } : {};
  const sources = readBy(words);
  const redirected = writes.map((destination) => ({ ...place, sources, destination, ...empty }));
  const handed = commandName(words[0]) === "tee" ? { sources: readBy(before?.words ?? []) } : {};
  return [...redirected, ...byCommand(words).map((files) => ({ ...place, ...files, ...handed }))];
}

/** Absolute paths printed by `cat FILE`; only these can be mounted secrets. */
function readBy(words: readonly string[]): readonly string[] {
  return commandName(words[0]) === "cat" ? words.slice(1).filter((word) => word.startsWith("/")) : [];
}

/** Whether the path is a BuildKit secret mount, of which a copy would stay in the layer. */
function isMountedSecret(path: string): boolean {
  return /^\/(?:var\/)?run\/secrets\/[^/]{1,200}$/.test(path);
}

function byCommand(
  words: readonly string[],
): readonly Pick<PlacedFiles, "sources" | "destination" | "empty">[] {
  const operands = words
    .slice(1)
    .filter((word, index) => !word.startsWith("-") && !VALUED.test(String(words[index])));
  const last = operands.at(-1);
  if (last === undefined) return [];
  switch (commandName(words[0])) {
    case "tee":
      return operands.map((destination) => ({ sources: [], destination }));
    case "touch":
      return operands.map((destination) => ({ sources: [], destination, empty: true }));
    case "cp":
    case "mv":
    case "install":
    case "ln":
      return operands.length < 2 ? [] : [{ sources: operands.slice(0, -1), destination: last }];
    default:
      return [];
  }
}

/** Paths removed by the same RUN, which leave no trace in the layer. */
function removedBy({ words }: RunCommandFacts): readonly string[] {
  const name = commandName(words[0]);
  if (name !== "rm" && name !== "shred" && name !== "unlink") return [];
  return words.slice(1).filter((word) => !word.startsWith("-"));
}

/** Whether removing a path also removes another path: `rm -rf /root/.ssh` removes /root/.ssh/id_rsa. */
function names(removed: string, path: string): boolean {
  const [whole, part] = [pathOf(path), pathOf(removed)];
  return whole === part || whole.startsWith(`${part}/`) || (removed.endsWith("*") && whole.startsWith(part));
}
