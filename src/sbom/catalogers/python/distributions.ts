import type { Cataloger } from "../cataloger.ts";
import { stanzas } from "../stanzas.ts";

/**
 * Installed distributions: METADATA of wheels (PEP 566, PEP 643), PKG-INFO of what setuptools laid out,
 * in a folder `*.egg-info` or as a file of that name.
 */
export const PYTHON: Cataloger = {
  name: "python",
  names: ["METADATA", "PKG-INFO", ".egg-info"],
  reads: (path) => FORMS.test(path),
  packages({ bytes, path }) {
    // Behind the first empty line stands the description.
    const [fields] = stanzas(headOf(bytes));
    const name = fields?.get("Name");
    const version = fields?.get("Version");
    if (name === undefined || version === undefined) throw new Error(`no Name and Version in ${path}`);
    const license = fields?.get("License-Expression") ?? fields?.get("License") ?? "UNKNOWN";
    return [
      {
        type: "pypi",
        name: normalized(name),
        version,
        ...(license === "UNKNOWN" || license === "" ? {} : { licenses: [license] }),
      },
    ];
  },
};

const FORMS = /\.dist-info\/METADATA$|\.egg-info(?:\/PKG-INFO)?$|\/EGG-INFO\/PKG-INFO$/;

function headOf(bytes: Buffer): string {
  const end = bytes.indexOf("\n\n");
  return (end < 0 ? bytes : bytes.subarray(0, end)).toString("utf8");
}

/** PEP 503: as indexes and purls name it. */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]{1,100}/g, "-");
}
