import type { Cataloger } from "../../cataloger/cataloger.ts";
import { stanzas } from "../../cataloger/stanzas.ts";

/**
 * Installed distributions: METADATA of wheels (PEP 566, PEP 643), and PKG-INFO of setuptools, in a folder
 * `*.egg-info` or as a file of that name.
 */
export const PYTHON: Cataloger = {
  name: "python",
  version: 1,
  names: ["METADATA", "PKG-INFO", ".egg-info"],
  reads: (path) => FORMS.test(path),
  packages({ bytes, path }) {
    // The description follows the first empty line.
    const head = headOf(bytes);
    const [fields] = stanzas(head);
    const name = fields?.get("Name");
    const version = fields?.get("Version");
    if (name === undefined || version === undefined) throw new Error(`no Name and Version in ${path}`);
    // Readers differ in which occurrence of a repeated field counts.
    if (isTwice(head, "Version") || isTwice(head, "Name")) throw new Error(`two of a field in ${path}`);
    const license = fields?.get("License-Expression") ?? fields?.get("License") ?? "";
    const licenses = license === "UNKNOWN" || license === "" ? classified(head) : [license];
    return [
      {
        type: "pypi",
        name: normalized(name),
        version,
        ...(licenses.length === 0 ? {} : { licenses }),
      },
    ];
  },
};

const FORMS = /\.dist-info\/METADATA$|\.egg-info(?:\/PKG-INFO)?$|\/EGG-INFO\/PKG-INFO$/;

function isTwice(head: string, field: string): boolean {
  const lines = head.split("\n");
  const end = lines.findIndex((line) => line.trim() === "");
  const values = lines.slice(0, end < 0 ? undefined : end).filter((line) => line.startsWith(`${field}:`));
  return new Set(values.map((line) => line.slice(field.length + 1).trim())).size > 1;
}

function headOf(bytes: Buffer): string {
  const end = bytes.indexOf("\n\n");
  return (end < 0 ? bytes : bytes.subarray(0, end)).toString("utf8");
}

/** Licence in a classifier: the last part of `Classifier: License :: OSI Approved :: MIT License`. */
function classified(head: string): readonly string[] {
  const stated = [...head.matchAll(/^Classifier: License :: ([^\r\n]{1,200})/gm)];
  return stated
    .flatMap(([, path = ""]) => path.split(" :: ").at(-1) ?? [])
    .filter((name) => name !== "OSI Approved");
}

/** Normalised name (PEP 503), as in indexes and purls. */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]{1,100}/g, "-");
}
