import { encodeName } from "../../files/names.ts";

/** Where a path of an image stands below a directory of the host. Names are bytes: some are no text. */
export function diskPath(directory: string, path: string): string | Buffer {
  const joined = path === "/" ? directory : `${directory}${path}`;
  return joined.isWellFormed() ? joined : Buffer.from(encodeName(joined));
}
