// Forms of packages without a cataloger; they are reported, so that the image does not seem to lack such
// packages.

import { WHEEL_LIBRARIES } from "../../contract/package-facts.ts";

/** Folder with packages of an unread form; each folder is reported once. */
export interface UnreadForm {
  /** Name of the form, like a cataloger's. */
  readonly name: string;
  /** Path up to the last slash. */
  readonly folder: string;
  /** Whether the folder may contain packages that no list names. */
  readonly leavesDoubt: boolean;
}

interface FolderForm extends Pick<UnreadForm, "name" | "leavesDoubt"> {
  readonly path: RegExp;
}

/**
 * Folders with packages of an unread form: modules that Deno downloaded by address; components of Bower and
 * jspm, which browsers load; libraries of a distribution that auditwheel copied beside a wheel and renamed.
 * The wheel's RECORD lists the latter, so only their versions are unknown.
 */
const FOLDERS: readonly FolderForm[] = [
  {
    name: "deno-cache",
    path: /^.{0,4096}?\/(?:deno|deno-dir|\.deno)\/(?:deps|remote)\/https?\//,
    leavesDoubt: true,
  },
  {
    name: WHEEL_LIBRARIES,
    path: /^.{0,4096}?\/(?:site|dist)-packages\/[^/]{1,255}\.libs\/(?=[^/]{1,255}\.so)/,
    leavesDoubt: false,
  },
  { name: "bower", path: /^.{0,4096}?\/(?:bower_components|jspm_packages)\//, leavesDoubt: true },
];
/**
 * Texts for a cheap test of all paths of an image: every path of an unread form contains at least one of
 * them.
 */
const SIEVE = ["/bower_components/", "/jspm_packages/", "/https/", "/http/", ".libs/"];

/** Unread form of a layer's file, by its path. */
export function unreadForm(path: string): UnreadForm | undefined {
  if (!SIEVE.some((part) => path.includes(part))) return undefined;
  for (const { name, path: form, leavesDoubt } of FOLDERS) {
    const [folder] = form.exec(path) ?? [];
    if (folder !== undefined) return { name, folder, leavesDoubt };
  }
  return undefined;
}
