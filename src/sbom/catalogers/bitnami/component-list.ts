import { fieldsOf, textOf } from "../../../json/fields.ts";
import { jsonObject } from "../../../json/json-object.ts";
import type { Cataloger } from "../../cataloger/cataloger.ts";

/** Bitnami's list of the components in an image: `/opt/bitnami/.bitnami_components.json`. */
export const BITNAMI_COMPONENTS: Cataloger = {
  name: "bitnami",
  version: 1,
  names: [".bitnami_components.json"],
  reads: () => true,
  packages({ bytes, path }) {
    return Object.entries(jsonObject(bytes)).map(([name, component]) => {
      const { version: stated, arch } = fieldsOf(component);
      const [version, architecture] = [textOf(stated), textOf(arch)];
      if (version === undefined) throw new Error(`${name} without a version in ${path}`);
      return {
        type: "generic",
        name,
        version: withoutRevision(version),
        ...(architecture === undefined ? {} : { architecture }),
      };
    });
  },
};

/** Version without Bitnami's build counter (`6.1.1-0`), which its advisories omit. */
function withoutRevision(version: string): string {
  return version.replace(/-\d{1,4}$/, "");
}
