import type { Place } from "../contract/finding.ts";
import type { ShellCommand } from "../shell/commands.ts";
import { ownEntrypoint } from "./container-start.ts";
import { containerField, type StartedImage } from "./started-image.ts";

/** Where a command stands: `config.Cmd`, a script and its line, or `args` of the manifest. */
export interface CommandPlace extends Pick<Place, "file" | "line"> {
  readonly path: string;
  /** Of a place in the manifest: its workload and container, `portal/Deployment/web/web`. */
  readonly holder?: string;
}

/** A command that the container's start leads to: by argv, by a start script, by a package's script. */
export interface StartedCommand extends ShellCommand {
  readonly at: CommandPlace;
  /** From its `word` on, its words are those of argv from `index` on. */
  readonly argv?: { readonly word: number; readonly index: number };
  /** Its first word is a file that a language loads: `node sudo`. */
  readonly loaded?: true;
}

/** Which part of the config, or of the manifest, holds a word of argv. */
export function argvPlace({ config, manifest }: StartedImage, index: number): CommandPlace {
  const part = index < ownEntrypoint(config).length ? "entrypoint" : "cmd";
  if (manifest?.sets.has(part) !== true) return { path: part === "cmd" ? "config.Cmd" : "config.Entrypoint" };
  return containerField(manifest, part === "cmd" ? "args" : "command");
}

/** A place as fingerprints name it: in the manifest by its container and field, without positions. */
export function placeKey({ holder, path }: CommandPlace): string {
  if (holder === undefined) return path;
  const [field = ""] = path.replace(/^.*?ontainers\[\d+\]\./, "").split("[", 1);
  return `${holder}/${field}`;
}

/** What fingerprints add for a place in the manifest; nothing for one of the image. */
export function manifestKey(place: CommandPlace): readonly string[] {
  return place.holder === undefined ? [] : [placeKey(place)];
}

/** Where a word of a command stands, by its index in the command. */
export function placeOfWord(image: StartedImage, { at, argv }: StartedCommand, index: number): CommandPlace {
  if (argv === undefined || index < argv.word) return at;
  return argvPlace(image, argv.index + index - argv.word);
}

/** No condition stands before it whose result is not known. */
export function runsAlways({ conditions }: Pick<ShellCommand, "conditions">): boolean {
  return conditions.length === 0;
}
