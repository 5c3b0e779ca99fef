// Forms of packages without a cataloger; they are reported, so that silence is not taken for absence.

/** A folder with such packages; each is reported once. */
export interface UnreadForm {
  /** Name of the form, like a cataloger's. */
  readonly name: string;
  /** Path up to the last slash. */
  readonly folder: string;
}

/** Modules that Deno got by their addresses; components of Bower and jspm, which browsers load. */
const FOLDERS: readonly (readonly [string, RegExp])[] = [
  ["deno-cache", /^.{0,4096}?\/(?:deno|deno-dir|\.deno)\/(?:deps|remote)\/https?\//],
  ["bower", /^.{0,4096}?\/(?:bower_components|jspm_packages)\//],
];
/** Parts, one of which every such path contains: a cheap test for all paths of an image. */
const SIEVE = ["/bower_components/", "/jspm_packages/", "/https/", "/http/"];

/** Unread form of a layer's file, by its path. */
export function unreadForm(path: string): UnreadForm | undefined {
  if (!SIEVE.some((part) => path.includes(part))) return undefined;
  for (const [name, form] of FOLDERS) {
    const [folder] = form.exec(path) ?? [];
    if (folder !== undefined) return { name, folder };
  }
  return undefined;
}
