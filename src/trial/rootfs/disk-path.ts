import { encodeName } from "../../files/names.ts";

/** Host path of an image's path below a folder; a Buffer if the name is not valid UTF-8. */
export function diskPath(directory: string, path: string): string | Buffer {
  const joined = path === "/" ? directory : `${directory}${path}`;
  return joined.isWellFormed() ? joined : Buffer.from(encodeName(joined));
}
