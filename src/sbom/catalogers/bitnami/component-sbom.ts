import type { Cataloger } from "../../cataloger/cataloger.ts";
import { readSbom } from "../../documents/read/read-sbom.ts";

/**
 * Bitnami's SBOM of each program that it built: `/opt/bitnami/NAME/.spdx-NAME.spdx`, SPDX in JSON. The
 * program has a purl of type bitnami; its parts have other types.
 */
export const BITNAMI_SPDX: Cataloger = {
  name: "bitnami-spdx",
  version: 1,
  names: [".spdx"],
  reads: (path) => /\/\.spdx-[^/]{1,200}\.spdx$/.test(path),
  packages({ bytes, path }) {
    const read = readSbom(bytes, path);
    if (read.state !== "read") throw new Error(`no packages in ${path}`);
    return read.document.components.flatMap(({ facts }) => facts ?? []);
  },
};
