import { delimiter, join } from "node:path";
import { isExecutable } from "../../trial/runc/is-executable.ts";

/** Path of the file that a shell would run for this name. */
export function findExecutable(name: string, path: string | undefined): string | undefined {
  const files = (path ?? "").split(delimiter).map((folder) => join(folder || ".", name));
  return files.find(isExecutable);
}
