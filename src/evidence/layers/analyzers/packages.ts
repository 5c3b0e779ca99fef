import { baseName } from "../../../contract/base-name.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { Cataloger } from "../../../sbom/catalogers/cataloger.ts";
import { CatalogerIndex } from "../../../sbom/catalogers/cataloger-index.ts";
import { JAR } from "../../../sbom/catalogers/java/jar.ts";
import { isOsRelease, osRelease } from "../../../sbom/catalogers/os-release.ts";
import { isRpmDatabase, isRpmLog, RPM } from "../../../sbom/catalogers/rpm/rpm-database.ts";
import { runtimeSearch } from "../../../sbom/catalogers/runtimes/runtime-search.ts";
import type { PackagesFacts } from "../facts.ts";
import { type Analysis, type Analyzer, hasContent, type LayerEntry, type Want } from "./analyzer.ts";
import { FoundPackages } from "./found-packages.ts";
import { JarReading } from "./jar-reading.ts";
import { programReader } from "./program-reading.ts";
import { rpmReader } from "./rpm-reading.ts";

/** What the files of a layer state of the packages that it holds. */
export const PACKAGES: Analyzer<"packages"> = {
  name: "packages",
  fileBytes: LIMITS.packageListBytes,
  begin: () => new PackagesAnalysis(),
};

class PackagesAnalysis implements Analysis<PackagesFacts> {
  readonly #catalogers = new CatalogerIndex();
  readonly #found = new FoundPackages();
  readonly #jars = new JarReading(this.#found);
  /** Of the entry that was seen last. */
  #cataloger: Cataloger | undefined;

  want(entry: LayerEntry): Want {
    if (!hasContent(entry)) return 0;
    const { path, size } = entry;
    if (isOsRelease(path)) return Math.min(size, LIMITS.accountFileBytes);
    const cataloger = this.#catalogers.of(path);
    this.#cataloger = cataloger;
    if (cataloger !== undefined) {
      if (size <= LIMITS.packageListBytes) return size;
      this.#found.unread(entry.index, cataloger.name, "too-long");
      return 0;
    }
    if (isRpmDatabase(path)) return rpmReader(entry, this.#found);
    if (isRpmLog(path)) this.#found.unread(entry.index, RPM, "form");
    if (JAR.test(path)) return this.#jars.reader(entry);
    return isExecutable(entry) || isLibraryOfRuntime(path) ? programReader(entry, this.#found) : 0;
  }

  take(entry: LayerEntry, bytes: Uint8Array): void {
    const { index, path } = entry;
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (isOsRelease(path)) return this.#found.system(index, osRelease(buffer));
    const cataloger = this.#cataloger;
    if (cataloger === undefined) return;
    this.#found.read(index, cataloger.name, () => cataloger.packages({ path, bytes: buffer }));
  }

  facts(): PackagesFacts {
    return this.#found.facts();
  }
}

/** The header of an ELF program. */
const SMALLEST_PROGRAM = 64;

/** Libraries are not executable everywhere. */
function isLibraryOfRuntime(path: string): boolean {
  return path.includes(".so") && runtimeSearch(path) !== undefined;
}

function isExecutable({ path, mode, size }: LayerEntry): boolean {
  if (size < SMALLEST_PROGRAM) return false;
  return (mode & 0o111) !== 0 && !/\.(?:sh|py|js|rb|pl|so|txt|md|html|json)$|\.so\./.test(baseName(path));
}
