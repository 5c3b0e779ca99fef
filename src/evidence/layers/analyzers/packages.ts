import { baseName } from "../../../contract/base-name.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { Cataloger } from "../../../sbom/cataloger/cataloger.ts";
import { CatalogerIndex } from "../../../sbom/catalogers/cataloger-index.ts";
import { JAR } from "../../../sbom/catalogers/java/jar.ts";
import { isRpmDatabase, isRpmLog, RPM } from "../../../sbom/catalogers/rpm/rpm-database.ts";
import type { FileList } from "../../../sbom/file-lists/file-list.ts";
import { repositoryReader } from "../../../sbom/repositories/repository-files.ts";
import type { LayerRepository, PackagesFacts } from "../facts/facts.ts";
import { EXECUTABLE_HEAD_BYTES, isPhar } from "../packages/executable-kind.ts";
import { isOsRelease, osRelease, saysTwoSystems } from "../packages/os-release.ts";
import {
  type Analysis,
  type Analyzer,
  type ContentReader,
  hasContent,
  type LayerEntry,
  type Want,
} from "./analyzer.ts";
import { isNameless, mayBeArchive } from "./archive-places.ts";
import { ArchiveReading } from "./archive-reading.ts";
import { BUNDLE, FoundBundles } from "./found-bundles.ts";
import { FoundExecutables } from "./found-executables.ts";
import { FoundPackages } from "./found-packages.ts";
import { FoundSboms } from "./found-sboms.ts";
import { JarReading } from "./jar-reading.ts";
import { NixPaths } from "./nix-paths.ts";
import { programReader } from "./program-reading.ts";
import { readerByContent } from "./reader-by-content.ts";
import { rpmReader } from "./rpm-reading.ts";

/** Packages declared by files of the layer. */
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
  readonly #executables = new FoundExecutables();
  readonly #nix = new NixPaths(this.#found, this.#executables);
  readonly #archives = new ArchiveReading(this.#found, this.#executables);
  readonly #bundles = new FoundBundles(this.#found);
  /** Folders already reported as unread. */
  readonly #unreadFolders = new Set<string>();
  readonly #unlisted = CatalogerIndex.unlisted();
  readonly #repositories: LayerRepository[] = [];
  /** Further reading of the latest entry, beyond its first bytes. */
  #reading: Reading | undefined;

  want(entry: LayerEntry): Want {
    this.#reading = undefined;
    // Most Python packages begin with an empty file.
    if (entry.type === "file") this.#unlisted.see(entry.index, entry.path);
    if (!hasContent(entry)) return this.#sboms.seeOther(entry);
    const { size } = entry;
    this.#nix.see(entry, mayBeProgram(entry));
    this.#nameUnread(entry);
    const reading = this.#readingOf(entry);
    if (reading !== undefined) {
      const most = reading.most ?? LIMITS.packageListBytes;
      if (size <= most || reading.isCut === true) {
        this.#reading = reading;
        return Math.min(size, most);
      }
      this.#found.unread(entry.index, reading.name, "too-long");
      return Math.min(size, EXECUTABLE_HEAD_BYTES);
    }
    const reader = this.#readerOf(entry);
    if (reader !== undefined) return this.#seen(entry, reader);
    return Math.min(size, EXECUTABLE_HEAD_BYTES);
  }

  take(entry: LayerEntry, bytes: Uint8Array): void {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#see(entry, buffer);
    this.#reading?.read(entry, buffer);
  }

  link(_: number, path: string, target: string): void {
    this.#executables.link(path, target);
  }

  facts(): PackagesFacts {
    for (const { entry, name } of this.#unlisted.unlisted()) this.#found.unread(entry, name, "form");
    return {
      ...this.#found.facts(),
      ...this.#sboms.facts(),
      ...this.#executables.facts(),
      ...this.#bundles.facts(),
      repositories: this.#repositories,
    };
  }

  #readingOf(entry: LayerEntry): Reading | undefined {
    const { path } = entry;
    if (this.#sboms.isOne(path)) return this.#sbom(entry);
    if (this.#bundles.isOne(entry)) {
      return { name: BUNDLE, isCut: true, read: (one, bytes) => this.#bundles.see(one, bytes) };
    }
    if (isOsRelease(path)) {
      const read = ({ index }: LayerEntry, bytes: Buffer) =>
        this.#found.system(index, osRelease(bytes), saysTwoSystems(bytes));
      return { name: "os-release", most: LIMITS.accountFileBytes, isCut: true, read };
    }
    const cataloger = this.#catalogers.of(path);
    const list = this.#catalogers.fileList(path);
    if (cataloger !== undefined || list !== undefined) return this.#lists(cataloger, list);
    const reader = repositoryReader(path);
    if (reader === undefined) return undefined;
    const read = ({ index }: LayerEntry, bytes: Buffer) =>
      this.#repository(index, reader(bytes.toString("utf8")));
    return { name: "repositories", most: LIMITS.accountFileBytes, isCut: true, read };
  }

  /** Reader for a file too long for one piece. */
  #readerOf(entry: LayerEntry): ContentReader | undefined {
    const { index, path } = entry;
    if (isRpmDatabase(path)) return rpmReader(entry, this.#found, this.#executables);
    if (isRpmLog(path)) this.#found.unread(index, RPM, "form");
    if (JAR.test(path)) return this.#jars.reader(entry);
    if (mayBeArchive(path)) return this.#archives.reader(entry);
    if (mayBeProgram(entry)) {
      return isNameless(path)
        ? readerByContent(
            () => this.#archives.reader(entry),
            () => programReader(entry, this.#found),
          )
        : programReader(entry, this.#found);
    }
    return undefined;
  }

  #sbom(entry: LayerEntry): Reading | undefined {
    const most = this.#sboms.want(entry);
    const { index, path } = entry;
    // Bitnami's metadata of a program is both a package list and an SBOM.
    const stating = this.#catalogers.of(path);
    if (most === 0) return undefined;
    return {
      name: "sbom",
      most,
      read: (one, bytes) => {
        this.#sboms.take(one, bytes);
        if (stating !== undefined)
          this.#found.read(index, stating.name, () => stating.packages({ path, bytes }));
      },
    };
  }

  /** Records folders of packages in an unsupported format, each once. */
  #nameUnread({ index, path }: LayerEntry): void {
    const form = this.#catalogers.unread(path);
    if (form === undefined || this.#unreadFolders.has(form.folder)) return;
    this.#unreadFolders.add(form.folder);
    if (form.leavesDoubt) this.#found.unread(index, form.name, "form");
    else this.#found.unidentified(index, form.name);
  }

  #lists(cataloger: Cataloger | undefined, list: FileList | undefined): Reading {
    const name = cataloger?.name ?? "file-list";
    return {
      name,
      read: ({ index, path }, bytes) => {
        const isRead =
          cataloger === undefined || this.#found.read(index, name, () => cataloger.packages({ path, bytes }));
        if (list === undefined || !isRead) return;
        this.#found.attempt({ entry: index, cataloger: name }, () =>
          this.#executables.list(list.files({ path, bytes })),
        );
      },
    };
  }

  #repository(entry: number, named: readonly Omit<LayerRepository, "entry">[]): void {
    for (const one of named.slice(0, LIMITS.repositoriesPerLayer - this.#repositories.length)) {
      this.#repositories.push({ entry, ...one });
    }
  }

  /** The same reader, extended to classify the file by its first bytes. */
  #seen(entry: LayerEntry, reader: ContentReader): ContentReader {
    let head: Buffer = Buffer.alloc(0);
    return {
      push: (bytes, offset) => {
        const missing = offset === head.length ? EXECUTABLE_HEAD_BYTES - head.length : 0;
        if (missing > 0) head = Buffer.concat([head, bytes.subarray(0, missing)]);
        reader.push(bytes, offset);
      },
      end: () => {
        this.#see(entry, head);
        reader.end();
      },
    };
  }

  #see(entry: LayerEntry, bytes: Buffer): void {
    const kind = this.#executables.see(entry, bytes);
    if (kind === "packed") this.#found.unread(entry.index, PROGRAM, "packed");
    else if (kind === undefined && isPhar(bytes, entry.path)) this.#found.unread(entry.index, PHAR, "form");
  }
}

/** Processing of a file's content in one piece. */
interface Reading {
  readonly name: string;
  /** Maximum number of bytes of the file; the default is the bound for lists. */
  readonly most?: number;
  /** Set if the beginning of the file suffices. */
  readonly isCut?: true;
  read(entry: LayerEntry, bytes: Buffer): void;
}

const PROGRAM = "program";
const PHAR = "phar";
/** Bytes of an ELF header, the shortest possible program. */
const SMALLEST_PROGRAM = 64;
/** Extensions of files that are executable and yet not programs. */
const TEXT = /\.(?:sh|py|js|rb|pl|txt|md|html|json)$/;
/**
 * Extensions of files that programs load, executable or not; native extensions of Python, Ruby and Node may
 * contain Rust or Go.
 */
const LIBRARY = /\.(?:so(?:\.[\d.]{1,40})?|node)$/;

function mayBeProgram({ path, mode, size }: LayerEntry): boolean {
  if (size < SMALLEST_PROGRAM) return false;
  const name = baseName(path);
  return LIBRARY.test(name) || ((mode & 0o111) !== 0 && !TEXT.test(name));
}
