import { isInImage, type Place } from "../contract/finding.ts";
import type { ShellCommand } from "../shell/parse-commands.ts";
import { ownEntrypoint } from "./entrypoint-and-command.ts";
import { containerField, type StartedImage } from "./started-image.ts";

/** Place of a command: `config.Cmd`, a script and its line, or `args` of the manifest. */
export interface CommandPlace extends Pick<Place, "file" | "uid" | "line"> {
  readonly path: string;
  /** Workload and container of a place in the manifest: `portal/Deployment/web/web`. */
  readonly holder?: string;
}

/** A command of a container's start: from argv, a start script, or a package's script. */
export interface StartedCommand extends ShellCommand {
  readonly at: CommandPlace;
  /** File that contains the command's text where `at` is the place of the task: the package.json of `npm start`. */
  readonly source?: string;
  /** Set if the words from `word` on equal the words of argv from `index` on. */
  readonly argv?: { readonly word: number; readonly index: number };
  /** Set if the first word is a file that an interpreter loads: `node sudo`. */
  readonly loaded?: true;
}

/** Field of the config or manifest that contains a word of argv. */
export function argvPlace({ config, manifest }: StartedImage, index: number): CommandPlace {
  const part = index < ownEntrypoint(config).length ? "entrypoint" : "cmd";
  if (manifest?.sets.has(part) !== true) return { path: part === "cmd" ? "config.Cmd" : "config.Entrypoint" };
  return containerField(manifest, part === "cmd" ? "args" : "command");
}

/** Place for fingerprints. In the manifest: container and field, without positions. */
export function placeKey({ holder, path }: CommandPlace): string {
  if (holder === undefined) return path;
  const [field = ""] = path.replace(/^.*?ontainers\[\d+\]\./, "").split("[", 1);
  return `${holder}/${field}`;
}

/** Extra parts of a fingerprint for a place in the manifest; empty for a place in the image. */
export function manifestKey(place: CommandPlace): readonly string[] {
  return place.holder === undefined ? [] : [placeKey(place)];
}

/** Place of one word of a command, by its index in the command. */
export function placeOfWord(image: StartedImage, { at, argv }: StartedCommand, index: number): CommandPlace {
  if (argv === undefined || index < argv.word) return at;
  return argvPlace(image, argv.index + index - argv.word);
}

/** Place in the image of a command's text; undefined for a text of the manifest. */
export function imagePlace({ at, source }: Pick<StartedCommand, "at" | "source">): CommandPlace | undefined {
  if (isInImage(at)) return at;
  return source === undefined ? undefined : { path: source };
}

/** The same of one word of a command, by its index in the command. */
export function imagePlaceOfWord(
  image: StartedImage,
  command: StartedCommand,
  index: number,
): CommandPlace | undefined {
  const { argv, source } = command;
  const at = placeOfWord(image, command, index);
  const isArgument = argv !== undefined && index >= argv.word;
  return imagePlace(isArgument || source === undefined ? { at } : { at, source });
}

/** Whether the command has no condition with an unknown result. */
export function runsAlways({ conditions }: Pick<ShellCommand, "conditions">): boolean {
  return conditions.length === 0;
}
