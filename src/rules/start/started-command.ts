import type { ImageFacts } from "../../contract/image-facts.ts";
import type { ShellCommand } from "../../shell/commands.ts";

/** Where a command stands: `config.Cmd`, or a script and its line. */
export interface CommandPlace {
  readonly path: string;
  readonly line?: number;
}

/** A command that the container's start leads to: by argv, by a start script, by a package's script. */
export interface StartedCommand extends ShellCommand {
  readonly at: CommandPlace;
  /** From its `word` on, its words are those of argv from `index` on. */
  readonly argv?: { readonly word: number; readonly index: number };
}

/** Which part of the config holds a word of argv. */
export function argvPath(image: ImageFacts, index: number): string {
  return index < image.config.entrypoint.length ? "config.Entrypoint" : "config.Cmd";
}

/** Where a word of a command stands, by its index in the command. */
export function placeOfWord(image: ImageFacts, { at, argv }: StartedCommand, index: number): CommandPlace {
  if (argv === undefined || index < argv.word) return at;
  return { path: argvPath(image, argv.index + index - argv.word) };
}

/** No condition stands before it whose result is not known. */
export function runsAlways({ conditions }: Pick<ShellCommand, "conditions">): boolean {
  return conditions.length === 0;
}
