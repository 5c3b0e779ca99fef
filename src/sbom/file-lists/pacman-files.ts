import { pacmanFields } from "../catalogers/arch/pacman.ts";
import { type FileList, ownerName } from "./file-list.ts";

const FORM = /^(.{0,4096}?)\/var\/lib\/pacman\/local\/([^/]{1,255})-[^/-]{1,100}-[^/-]{1,100}\/files$/;

/** Files of pacman's packages: `local/NAME-VERSION-RELEASE/files`, paths without a leading slash. */
export const PACMAN_FILES: FileList = {
  name: "pacman-files",
  version: 1,
  reads: (path) => FORM.test(path),
  files({ bytes, path }) {
    const [, root = "", name = ""] = FORM.exec(path) ?? [];
    const listed = pacmanFields(bytes.toString("utf8")).get("FILES") ?? [];
    const paths = listed.filter((one) => !one.endsWith("/")).map((one) => `${root}/${one}`);
    return [{ owner: ownerName({ type: "alpm", name }), paths }];
  },
};
