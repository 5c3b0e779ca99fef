import { baseName } from "../../../contract/base-name.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { Cataloger } from "../../../sbom/catalogers/cataloger.ts";
import { CatalogerIndex } from "../../../sbom/catalogers/cataloger-index.ts";
import { BuildInfoSearch } from "../../../sbom/catalogers/go/build-info.ts";
import { JAR } from "../../../sbom/catalogers/java/jar.ts";
import { isOsRelease, osRelease } from "../../../sbom/catalogers/os-release.ts";
import { runtimeSearch } from "../../../sbom/catalogers/runtimes/runtime-search.ts";
import type { PackagesFacts } from "../facts.ts";
import {
  type Analysis,
  type Analyzer,
  type ContentReader,
  hasContent,
  type LayerEntry,
  type Want,
} from "./analyzer.ts";
import { FoundPackages } from "./found-packages.ts";
import { FoundSboms } from "./found-sboms.ts";
import { JarReading } from "./jar-reading.ts";

/** What the files of a layer state of the packages that it holds. */
export const PACKAGES: Analyzer<"packages"> = {
  name: "packages",
  fileBytes: Math.max(LIMITS.packageListBytes, LIMITS.embeddedSbomBytes),
  begin: () => new PackagesAnalysis(),
};

class PackagesAnalysis implements Analysis<PackagesFacts> {
  readonly #catalogers = new CatalogerIndex();
  readonly #found = new FoundPackages();
  readonly #sboms = new FoundSboms();
  readonly #jars = new JarReading(this.#found, this.#sboms);
  /** Of the entry that was seen last. */
  #cataloger: Cataloger | undefined;

  want(entry: LayerEntry): Want {
    this.#cataloger = undefined;
    if (!hasContent(entry)) return this.#sboms.seeOther(entry);
    const { path, size } = entry;
    if (this.#sboms.isOne(path)) return this.#sboms.want(entry);
    if (isOsRelease(path)) return Math.min(size, LIMITS.accountFileBytes);
    const cataloger = this.#catalogers.of(path);
    this.#cataloger = cataloger;
    if (cataloger !== undefined) {
      if (size <= LIMITS.packageListBytes) return size;
      this.#found.unread(entry.index, cataloger.name, "too-long");
      return 0;
    }
    if (JAR.test(path)) return this.#jars.reader(entry);
    return isExecutable(entry) || isLibraryOfRuntime(path) ? this.#program(entry) : 0;
  }

  take(entry: LayerEntry, bytes: Uint8Array): void {
    const { index, path } = entry;
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (this.#sboms.isOne(path)) return this.#sboms.take(entry, buffer);
    if (isOsRelease(path)) return this.#found.system(index, osRelease(buffer));
    const cataloger = this.#cataloger;
    if (cataloger === undefined) return;
    this.#found.read(index, cataloger.name, () => cataloger.packages({ path, bytes: buffer }));
  }

  facts(): PackagesFacts {
    return { ...this.#found.facts(), ...this.#sboms.facts() };
  }

  #program({ index, path }: LayerEntry): ContentReader {
    const search = new BuildInfoSearch();
    const runtime = runtimeSearch(path);
    return {
      push: (bytes) => {
        search.push(bytes);
        runtime?.push(bytes);
      },
      end: () => {
        if (runtime !== undefined) {
          this.#found.add({ entry: index, cataloger: RUNTIME, packages: runtime.end() });
        }
        const info = search.end();
        if (info?.isUnread === true) this.#found.unread(index, GO, "form");
        else if (info !== undefined)
          this.#found.add({ entry: index, cataloger: GO, packages: info.packages });
      },
    };
  }
}

const GO = "go-buildinfo";
/** What a program says of itself, whatever put it there. */
const RUNTIME = "runtime";
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
