import { RPM, RpmDatabase } from "../../../sbom/catalogers/rpm/rpm-database.ts";
import type { ContentReader, LayerEntry } from "./analyzer.ts";
import type { FoundPackages } from "./found-packages.ts";

/** Reads a database of rpm, which is too large to be had in one piece. */
export function rpmReader({ index, size }: LayerEntry, found: FoundPackages): ContentReader {
  const database = new RpmDatabase(size);
  return {
    push: (bytes, offset) => database.push(bytes, offset),
    end: () => found.read(index, RPM, () => database.end()),
  };
}
