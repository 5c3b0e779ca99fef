// Forms of packages without a cataloger; they are reported, so that the image does not seem to lack such
// packages.

import { WHEEL_LIBRARIES } from "../../contract/package-facts.ts";

/** A folder with such packages; each is reported once. */
export interface UnreadForm {
  /** Name of the form, like a cataloger's. */
  readonly name: string;
  /** Path up to the last slash. */
  readonly folder: string;
}

/**
 * Folders: modules that Deno downloaded by address; components of Bower and jspm, which browsers load; a
 * distribution's libraries that auditwheel copied beside a wheel and renamed.
 */
const FOLDERS: readonly (readonly [string, RegExp])[] = [
  ["deno-cache", /^.{0,4096}?\/(?:deno|deno-dir|\.deno)\/(?:deps|remote)\/https?\//],
  [WHEEL_LIBRARIES, /^.{0,4096}?\/(?:site|dist)-packages\/[^/]{1,255}\.libs\/(?=[^/]{1,255}\.so)/],
  ["bower", /^.{0,4096}?\/(?:bower_components|jspm_packages)\//],
];
/** Texts for a cheap test of all paths of an image: every path of such a form contains one. */
const SIEVE = ["/bower_components/", "/jspm_packages/", "/https/", "/http/", ".libs/"];

/** Unread form of a layer's file, by its path. */
export function unreadForm(path: string): UnreadForm | undefined {
  if (!SIEVE.some((part) => path.includes(part))) return undefined;
  for (const [name, form] of FOLDERS) {
    const [folder] = form.exec(path) ?? [];
    if (folder !== undefined) return { name, folder };
  }
  return undefined;
}
