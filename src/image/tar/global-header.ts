import { quoted } from "../../contract/shown.ts";
import { corruptImage } from "./corrupt-image.ts";

/** Names of global headers written by git archive, Python's tarfile and GNU tar. */
const NAME = /^(?:pax_global_header|\.\/\.\/@PaxHeader|(?:\/tmp\/)?GlobalHead(?:\.\d+){0,2})$/;

/**
 * Verifies a global PAX header, which applies to all following entries. containerd, Docker and Podman ignore
 * its records but use its name: a file with this name is deleted, and `.wh.NAME` deletes NAME. They also lose
 * an extension before the header, which other readers apply to the next entry.
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
