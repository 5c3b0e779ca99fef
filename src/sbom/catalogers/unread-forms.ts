// Forms of packages without a cataloger; they are reported, so that silence is not taken for absence.

import { WHEEL_LIBRARIES } from "../../contract/package-facts.ts";

/** A folder with such packages; each is reported once. */
export interface UnreadForm {
  /** Name of the form, like a cataloger's. */
  readonly name: string;
  /** Path up to the last slash. */
  readonly folder: string;
}

/**
 * Modules that Deno got by their addresses; components of Bower and jspm, which browsers load; libraries of a distribution
 * that auditwheel copied beside a wheel, under names of its own.
 */
const FOLDERS: readonly (readonly [string, RegExp])[] = [
  ["deno-cache", /^.{0,4096}?\/(?:deno|deno-dir|\.deno)\/(?:deps|remote)\/https?\//],
  [WHEEL_LIBRARIES, /^.{0,4096}?\/(?:site|dist)-packages\/[^/]{1,255}\.libs\/(?=[^/]{1,255}\.so)/],
  ["bower", /^.{0,4096}?\/(?:bower_components|jspm_packages)\//],
];
/** Parts, one of which every such path contains: a cheap test for all paths of an image. */
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
