import { ProgramSearch } from "../../../sbom/catalogers/program-search.ts";
import type { ContentReader, LayerEntry } from "./analyzer.ts";
import type { FoundPackages } from "./found-packages.ts";

/** Reads the name, version and modules that a program declares. */
export function programReader({ index, path, size }: LayerEntry, found: FoundPackages): ContentReader {
  const search = new ProgramSearch(path, size);
  return {
    push: (bytes) => search.push(bytes),
    end: () => {
      for (const { name, unread, packages } of search.end()) {
        if (unread !== undefined) found.unread(index, name, unread);
        found.read(index, name, packages);
      }
    },
  };
}
