import type { ImageFacts, ProgramFacts } from "../../../contract/image-facts.ts";
import type { Text } from "../../../contract/text.ts";
import { shellForm } from "../../../shell/shells.ts";
import { commandName, executedBy } from "../../../shell/wrappers.ts";
import type { StartOverride } from "../../../start/container-start.ts";
import { programOf, startIn } from "../../../start/started-image.ts";
import { unlessUnread } from "../../image/unread-layers.ts";
import { handlerCommands, innermost } from "./handler-commands.ts";

/** What an exec handler leads to in the image. */
export type ExecTarget =
  | { readonly is: "found" }
  /** A program that certainly has to run, and that the image does not hold. */
  | { readonly is: "absent"; readonly name: string }
  | { readonly is: "unknown"; readonly reason: Text };

const READ: Text = { fr: "lu", en: "read" };
/** What a text does besides its one program: it only ends with an answer. */
const ENDINGS = new Set(["exit", "return", "true", "false", ":"]);

/** @param override as probeOverride() or hookOverride() gives it; its command is not empty */
export function execTarget(image: ImageFacts | undefined, override: StartOverride): ExecTarget {
  if (image === undefined) {
    return {
      is: "unknown",
      reason: {
        fr: "l'image n'a pas été lue : rien ne montre qu'elle contient le programme de cette commande",
        en: "the image was not read: nothing shows that it holds this command's program",
      },
    };
  }
  const program = programOf(image, startIn(image, override));
  if (program === undefined) {
    return {
      is: "unknown",
      reason: {
        fr: "l'image a été lue sans ce manifeste : rien ne montre qu'elle contient le programme de cette commande",
        en: "the image was read without this manifest: nothing shows that it holds this command's program",
      },
    };
  }
  const name = absentProgram(program);
  if (name === undefined) return { is: "found" };
  const read = unlessUnread(image, { status: "pass", proof: READ });
  return read.status === "unproven" ? { is: "unknown", reason: read.reason } : { is: "absent", name };
}

function absentProgram({ argv, steps }: ProgramFacts): string | undefined {
  return certainPrograms(argv).find((name) => {
    const found = steps.filter((step) => step.name === name);
    return !/[$`]/.test(name) && found.length > 0 && found.every(({ file }) => file === undefined);
  });
}

/** The programs that run whatever happens: wrappers, the shell, and the only program of its text. */
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
