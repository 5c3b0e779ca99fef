import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The file that a shell would run for this name. */
export function findExecutable(name: string, path: string | undefined): string | undefined {
  const files = (path ?? "").split(delimiter).map((folder) => join(folder || ".", name));
  return files.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
