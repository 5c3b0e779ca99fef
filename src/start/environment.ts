import { type CommandPlace, runsAlways, type StartedCommand } from "./command-place.ts";
import { nameOf } from "./joined-environment.ts";
import { containerField, type StartedImage } from "./started-image.ts";

/** A variable in a program's environment. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly at: CommandPlace;
  /** See StartedCommand. */
  readonly source?: string;
}

/**
 * Variables of the process: ENV, the manifest's variables, then exports of start scripts; the last definition
 * wins. Values that a script computes are omitted as unknown. A value that only the cluster knows contains a
 * `$`, as in manifestEnvironment().
 */
export function environment(
  image: StartedImage,
  commands: readonly StartedCommand[],
): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  for (const entry of image.config.env) {
    // An entry without `=` sets nothing.
    if (!entry.includes("=")) continue;
    const [name, value] = splitAssignment(entry);
    variables.set(name, { name, value, at: placeOf(image, name) });
  }
  for (const { words, assignments, at, source } of commands.filter(runsAlways)) {
    const exported = words[0] === "export" ? words.slice(1).filter((word) => word.includes("=")) : [];
    // NAME=value without a command stays in the shell, unless the name was exported.
    const passed =
      words.length > 0
        ? assignments
        : assignments.filter((entry) => variables.has(splitAssignment(entry)[0]));
    for (const [name, value] of [...exported, ...passed].map(splitAssignment)) {
      if (value.includes("$") || value.includes("`")) variables.delete(name);
      else variables.set(name, { name, value, at, ...(source === undefined ? {} : { source }) });
    }
  }
  return variables;
}

function placeOf({ manifest }: StartedImage, name: string): CommandPlace {
  const variable = manifest?.env.get(name);
  if (manifest === undefined || variable === undefined) return { path: `config.Env[${name}]` };
  const { index } = variable;
  return containerField(manifest, index === undefined ? "envFrom" : `env[${index}].value`);
}

function splitAssignment(entry: string): readonly [name: string, value: string] {
  const name = nameOf(entry);
  return [name, entry.slice(name.length + 1)];
}
