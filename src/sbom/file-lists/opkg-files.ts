import { type FileList, linesOf, ownerName } from "./file-list.ts";

const FORM = /^(.{0,4096}?)\/(?:var|usr)\/lib\/opkg\/info\/([^/]{1,255})\.list$/;

/** Files of opkg's packages: `info/NAME.list`, one path per line; Yocto adds the mode after a tab. */
export const OPKG_FILES: FileList = {
  name: "opkg-files",
  version: 1,
  reads: (path) => FORM.test(path),
  *files({ bytes, path }) {
    const [, root = "", name = ""] = FORM.exec(path) ?? [];
    const paths = [...linesOf(bytes)].map((line) => `${root}${line.split("\t", 1)[0] ?? ""}`);
    yield { owner: ownerName({ type: "opkg", name }), paths };
  },
};
