import type { PackageFacts } from "../../../contract/package-facts.ts";
import { RPM, RpmDatabase, rpmRoot } from "../../../sbom/catalogers/rpm/rpm-database.ts";
import { ownerName } from "../../../sbom/file-lists/file-list.ts";
import type { ContentReader, LayerEntry } from "./analyzer.ts";
import type { FoundExecutables } from "./found-executables.ts";
import type { FoundPackages } from "./found-packages.ts";

/** Reads packages and their files from an rpm database, which is too large for one piece. */
export function rpmReader(
  { index, path, size }: LayerEntry,
  found: FoundPackages,
  executables: FoundExecutables,
): ContentReader {
  const database = new RpmDatabase(size);
  const packages: PackageFacts[] = [];
  const root = rpmRoot(path);
  const isWhole = () =>
    database.end(({ facts, files }) => {
      packages.push(...facts);
      executables.list(facts.map((one) => ({ owner: ownerName(one), paths: below(root, files) })));
    });
  return {
    push: (bytes, offset) => database.push(bytes, offset),
    end: () => found.read(index, RPM, () => (isWhole() ? packages : "too-long")),
  };
}

function* below(root: string, paths: Iterable<string>): Generator<string> {
  for (const path of paths) yield `${root}${path}`;
}
