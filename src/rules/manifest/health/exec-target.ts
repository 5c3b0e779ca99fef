import { posix } from "node:path";
import type { ImageFacts, ProgramFacts } from "../../../contract/image-facts.ts";
import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import type { Text } from "../../../contract/text.ts";
import { shellForm } from "../../../shell/shells.ts";
import { commandName, executedBy } from "../../../shell/wrappers.ts";
import type { ContainerStart, StartOverride } from "../../../start/entrypoint-and-command.ts";
import { handlerCommands, innermost } from "../../../start/handler-commands.ts";
import { programOf, startIn } from "../../../start/started-image.ts";
import { unlessUnread } from "../../image/unread-layers.ts";

/** Target of an exec handler in the image. */
export type ExecTarget =
  | { readonly kind: "found" }
  /** A program that certainly runs and is missing in the image. */
  | { readonly kind: "absent"; readonly name: string }
  /** A file that no user may execute. */
  | { readonly kind: "barred"; readonly name: string }
  | { readonly kind: "unknown"; readonly reason: Text };

const MOUNTED: Text = {
  fr: "le programme de cette commande est cherché dans un volume monté : ce qui s'y trouve n'est pas connu",
  en: "this command's program is looked for in a mounted volume: what lies there is not known",
};
const READ: Text = { fr: "lu", en: "read" };
/** Commands that only end a script; they may follow the script's only program. */
const ENDINGS = new Set(["exit", "return", "true", "false", ":"]);

/**
 * @param override override with a non-empty command, as returned by probeOverride() or hookOverride()
 * @param mounts mounts of the container, whose files are not the image's
 */
export function execTarget(
  image: ImageFacts | undefined,
  override: StartOverride,
  mounts: ContainerFacts["volumeMounts"] = [],
): ExecTarget {
  if (image === undefined) {
    return {
      kind: "unknown",
      reason: {
        fr: "l'image n'a pas été lue : rien ne montre qu'elle contient le programme de cette commande",
        en: "the image was not read: nothing shows that it holds this command's program",
      },
    };
  }
  const start = startIn(image, override);
  const program = programOf(image, start);
  if (program === undefined) {
    return {
      kind: "unknown",
      reason: {
        fr: "l'image a été lue sans ce manifeste : rien ne montre qu'elle contient le programme de cette commande",
        en: "the image was read without this manifest: nothing shows that it holds this command's program",
      },
    };
  }
  const name = absentProgram(program);
  if (name === undefined) return firstStep(program);
  if (mayLieIn(mounts, name, start)) return { kind: "unknown", reason: MOUNTED };
  const read = unlessUnread(image, { status: "pass", proof: READ });
  return read.status === "unproven" ? { kind: "unknown", reason: read.reason } : { kind: "absent", name };
}

/** First step of execve, which fails for every user without an execute bit. */
function firstStep({ argv, steps }: ProgramFacts): ExecTarget {
  const step = steps.find(({ name }) => name === argv[0]);
  const isBarred = step?.mode !== undefined && (step.mode & 0o111) === 0;
  return isBarred ? { kind: "barred", name: step.name } : { kind: "found" };
}

/**
 * Whether a volume may contain the program: an init container may write the program there, or the volume is
 * an image.
 */
function mayLieIn(
  mounts: NonNullable<ContainerFacts["volumeMounts"]>,
  name: string,
  { path, workingDir }: ContainerStart,
): boolean {
  const folders = name.includes("/") ? [posix.resolve("/", workingDir, name)] : path.split(":");
  return mounts.some(({ mountPath = "" }) => {
    const mounted = posix.resolve("/", mountPath);
    return (
      mountPath !== "" && folders.some((folder) => folder === mounted || folder.startsWith(`${mounted}/`))
    );
  });
}

function absentProgram({ argv, steps }: ProgramFacts): string | undefined {
  return certainPrograms(argv).find((name) => {
    const found = steps.filter((step) => step.name === name);
    return !/[$`]/.test(name) && found.length > 0 && found.every(({ file }) => file === undefined);
  });
}

/** Programs that run in any case: wrappers, the shell, and the program of a text with a single program. */
function certainPrograms(argv: readonly string[]): readonly string[] {
  const names = namesOf(argv);
  if (shellForm(innermost(argv)) === undefined) return names;
  const programs = handlerCommands(argv).filter(
    ({ words }) => words.length > 0 && !ENDINGS.has(commandName(words[0])),
  );
  const [only, ...others] = programs;
  if (only === undefined || others.length > 0 || only.conditions.length > 0) return names;
  return [...names, ...namesOf(only.words)];
}

function namesOf(command: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (let words = command; words.length > 0; words = executedBy(words)) names.push(...words.slice(0, 1));
  return names;
}
