import { quoted } from "../../contract/shown.ts";
import { corruptImage } from "./corrupt-image.ts";

/** As git archive, Python's tarfile and GNU tar name theirs. */
const NAME = /^(?:pax_global_header|\.\/\.\/@PaxHeader|(?:\/tmp\/)?GlobalHead(?:\.\d+){0,2})$/;

/**
 * A PAX header for all that follows. containerd, Docker and Podman ignore its records, but not its
 * name: what has that name is deleted, and `.wh.NAME` deletes NAME. An extension before it, which
 * other readers apply to the entry behind, is lost to them.
 *
 * @throws InvalidInputError tar-global
 */
export function verifyGlobalHeader(name: string, follows: boolean): void {
  if (NAME.test(name) && !follows) return;
  throw corruptImage("tar-global", {
    fr: `le tar contient un en-tête PAX global (${quoted(name)}) que les outils liraient différemment`,
    en: `the tar holds a global PAX header (${quoted(name)}) that tools would read differently`,
  });
}
