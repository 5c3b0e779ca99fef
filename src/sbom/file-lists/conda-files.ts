import { textOf } from "../../json/fields.ts";
import { jsonObject } from "../../json/json-object.ts";
import { isCondaRecord } from "../catalogers/conda/conda-meta.ts";
import { type FileList, ownerName } from "./file-list.ts";

/** Files in a Conda record: paths relative to the environment that contains `conda-meta`. */
export const CONDA_FILES: FileList = {
  name: "conda-files",
  version: 1,
  reads: isCondaRecord,
  files({ bytes, path }) {
    const { name, files } = jsonObject(bytes);
    const own = textOf(name);
    if (own === undefined || !Array.isArray(files)) return [];
    const prefix = path.slice(0, path.lastIndexOf("/conda-meta/"));
    const paths = files.flatMap((file: unknown) => (typeof file === "string" ? [`${prefix}/${file}`] : []));
    return [{ owner: ownerName({ type: "conda", name: own }), paths }];
  },
};
