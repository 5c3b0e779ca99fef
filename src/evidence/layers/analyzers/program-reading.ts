import { BuildInfoSearch } from "../../../sbom/catalogers/go/build-info.ts";
import { renamedSearch, runtimeSearch } from "../../../sbom/catalogers/runtimes/runtime-search.ts";
import { AuditDataSearch } from "../../../sbom/catalogers/rust/audit-data.ts";
import type { ContentReader, LayerEntry } from "./analyzer.ts";
import type { FoundPackages } from "./found-packages.ts";

const CARGO = "cargo-auditable";
const GO = "go-buildinfo";
/** Cataloger name for versions that a program itself declares. */
const RUNTIME = "runtime";

/** Reads the name, version and modules that a program declares. */
export function programReader({ index, path, size }: LayerEntry, found: FoundPackages): ContentReader {
  const search = new BuildInfoSearch();
  const crates = new AuditDataSearch();
  const runtime = runtimeSearch(path) ?? renamedSearch(path, size);
  return {
    push: (bytes) => {
      search.push(bytes);
      crates.push(bytes);
      runtime?.push(bytes);
    },
    end: () => {
      if (runtime !== undefined) found.add({ entry: index, cataloger: RUNTIME, packages: runtime.end() });
      const audit = crates.end();
      if (audit?.isUnread === true) found.unread(index, CARGO, "damaged");
      if (audit !== undefined) found.read(index, CARGO, () => audit.packages);
      const info = search.end();
      if (info?.isUnread === true) found.unread(index, GO, "form");
      if (info !== undefined) found.read(index, GO, () => info.packages);
    },
  };
}
