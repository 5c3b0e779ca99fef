import { zstdDecompressSync } from "node:zlib";
import { LIMITS } from "../../../contract/limits.ts";
import type { PackageFacts } from "../../../contract/package-facts.ts";
import { type Fields, isFields, textOf } from "../../../json/fields.ts";
import { type CatalogedFile, type Cataloger, DamagedList } from "../../cataloger/cataloger.ts";

/**
 * Slices that chisel took from Ubuntu packages: `manifest.wall`, zstd-compressed JSON lines
 * (https://documentation.ubuntu.com/chisel/en/latest/reference/manifest/). Source packages are not recorded:
 * see isWithoutSources().
 */
export const CHISEL: Cataloger = {
  name: "chisel",
  version: 1,
  names: ["manifest.wall"],
  reads: () => true,
  packages(file) {
    const lines = linesOfWall(file);
    const found = lines.filter(({ kind }) => kind === "package").map(packageOf);
    const packages = found.filter((one) => one !== undefined);
    if (packages.length < found.length) throw new DamagedList("a package without a name", packages);
    return packages;
  },
};

/**
 * Lines of a manifest.
 *
 * @throws Error if it has another format, is truncated, or has another number of lines than declared
 */
export function linesOfWall({ bytes, path }: CatalogedFile): readonly Fields[] {
  const text = zstdDecompressSync(bytes, { maxOutputLength: LIMITS.packageListBytes }).toString("utf8");
  const [head, ...lines] = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown)
    .filter(isFields);
  if (typeof head?.["jsonwall"] !== "string") throw new Error(`no jsonwall in ${path}`);
  const { count } = head;
  if (typeof count === "number" && count !== lines.length + 1)
    throw new Error(`lines are missing in ${path}`);
  return lines;
}

function packageOf({ name, version, arch }: Fields): PackageFacts | undefined {
  const [stated, of, architecture] = [textOf(name), textOf(version), textOf(arch)];
  if (stated === undefined || of === undefined) return undefined;
  return { type: "deb", name: stated, version: of, ...(architecture === undefined ? {} : { architecture }) };
}
