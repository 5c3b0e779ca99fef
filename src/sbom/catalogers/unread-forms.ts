// Ways of carrying packages that no cataloger reads: named, so that nobody takes silence for none.

/** Where such packages lie; each folder is named once. */
export interface UnreadForm {
  /** As catalogers are named. */
  readonly name: string;
  /** Up to its last slash. */
  readonly folder: string;
}

/** Modules that Deno got by their addresses; components of Bower and jspm, which browsers load. */
const FOLDERS: readonly (readonly [string, RegExp])[] = [
  ["deno-cache", /^.{0,4096}?\/(?:deno|deno-dir|\.deno)\/(?:deps|remote)\/https?\//],
  ["bower", /^.{0,4096}?\/(?:bower_components|jspm_packages)\//],
];
/** One of these stands in each: looked for in every path of an image. */
const SIEVE = ["/bower_components/", "/jspm_packages/", "/https/", "/http/"];

/** By the path of a file of a layer. */
export function unreadForm(path: string): UnreadForm | undefined {
  if (!SIEVE.some((part) => path.includes(part))) return undefined;
  for (const [name, form] of FOLDERS) {
    const [folder] = form.exec(path) ?? [];
    if (folder !== undefined) return { name, folder };
  }
  return undefined;
}
