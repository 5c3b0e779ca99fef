import type { Cataloger } from "../../cataloger/cataloger.ts";

/** pacman's database: `local/NAME-VERSION-RELEASE/desc`, each field a `%NAME%` with its values below (alpm, `be_local.c`). */
export const PACMAN: Cataloger = {
  name: "pacman",
  version: 1,
  names: ["desc"],
  reads: (path) => /\/var\/lib\/pacman\/local\/[^/]{1,255}\/desc$/.test(path),
  packages({ bytes, path }) {
    const fields = pacmanFields(bytes.toString("utf8"));
    const [name] = fields.get("NAME") ?? [];
    const [version] = fields.get("VERSION") ?? [];
    if (name === undefined || version === undefined) throw new Error(`no name and version in ${path}`);
    const [architecture] = fields.get("ARCH") ?? [];
    const [base = name] = fields.get("BASE") ?? [];
    const licenses = fields.get("LICENSE") ?? [];
    return [
      {
        type: "alpm",
        name,
        version,
        ...(architecture === undefined ? {} : { architecture }),
        ...(base === name ? {} : { source: { name: base, version } }),
        ...(licenses.length === 0 ? {} : { licenses }),
      },
    ];
  },
};

/** Values by field; an empty line ends a field. */
export function pacmanFields(text: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    const name = /^%([A-Z0-9]{1,40})%$/.exec(line)?.[1];
    if (name !== undefined) {
      values = fields.has(name) ? undefined : [];
      if (values !== undefined) fields.set(name, values);
    } else if (line === "") values = undefined;
    else values?.push(line);
  }
  return fields;
}
