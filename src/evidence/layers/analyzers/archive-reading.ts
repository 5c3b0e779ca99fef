import { type ContentSink, NOTHING } from "../../../archives/content/content-sink.ts";
import { type ContentVisitor, filePlace, type Place } from "../../../archives/content/place.ts";
import { UnpackBudget } from "../../../archives/content/unpack-budget.ts";
import type { UnreadReason } from "../../../archives/content/unreadable.ts";
import { openings } from "../../../archives/open-content.ts";
import { baseName } from "../../../contract/base-name.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { CatalogedFile, Cataloger } from "../../../sbom/cataloger/cataloger.ts";
import { CatalogerIndex } from "../../../sbom/catalogers/cataloger-index.ts";
import { isOfUse, JAR, JarFacts } from "../../../sbom/catalogers/java/jar.ts";
import { EXECUTABLE_HEAD_BYTES } from "../packages/executable-kind.ts";
import type { ContentReader, LayerEntry } from "./analyzer.ts";
import type { FoundExecutables } from "./found-executables.ts";
import type { FoundPackages } from "./found-packages.ts";
import { HeadContent } from "./head-content.ts";

const ARCHIVES = "archive";
/** Minimum size of a reported unreadable archive, in bytes: smaller archives are test files of libraries. */
const SMALLEST_UNREAD = 16 * 1024;
/** Archives that are packages regardless of their size: yarn's cache, wheels, Python zip applications. */
const PACKAGE = /\/(?:\.yarn|berry)\/(?:[^/]{1,100}\/)?cache\/|\.(?:whl|pex)$/;

/** Searches archives for programs and for package metadata. */
export class ArchiveReading implements ContentVisitor {
  readonly #found: FoundPackages;
  readonly #executables: FoundExecutables;
  readonly #catalogers = CatalogerIndex.ofArchives();
  readonly #opening = openings(this, new UnpackBudget());
  #entry: LayerEntry | undefined;
  #jars = new Map<string, JarFacts>();

  constructor(found: FoundPackages, executables: FoundExecutables) {
    this.#found = found;
    this.#executables = executables;
  }

  reader(entry: LayerEntry): ContentReader {
    this.#entry = entry;
    this.#jars = new Map();
    const content = this.#opening.open(filePlace(entry.path));
    return {
      push: (bytes) => content.push(bytes),
      end: () => {
        content.end();
        for (const [inside, jar] of this.#jars) {
          this.#found.add({
            entry: entry.index,
            inside,
            cataloger: "java",
            ...jar.packages(baseName(inside)),
          });
        }
      },
    };
  }

  content({ inside, path }: Place): ContentSink | undefined {
    const entry = this.#entry;
    if (inside === "" || entry === undefined) return undefined;
    const at = inside.lastIndexOf("!/");
    const way = inside.slice(0, Math.max(at, 0));
    if (JAR.test(way)) return this.#ofJar(way, inside.slice(at + 2));
    const cataloger = this.#catalogers.of(path);
    const isSystem = cataloger !== undefined && CatalogerIndex.isOfSystem(cataloger);
    if (isSystem) this.#found.unread(entry.index, cataloger.name, "form", inside);
    const stating = isSystem ? undefined : cataloger;
    const most = stating === undefined ? EXECUTABLE_HEAD_BYTES : LIMITS.packageFileBytes;
    return new HeadContent(NOTHING, most, (head, size) => {
      const bytes = Buffer.from(head);
      if (stating === undefined) this.#executables.member(entry, inside, bytes, size);
      else if (bytes.length < size) this.#found.unread(entry.index, stating.name, "too-long", inside);
      else this.#stated(entry, inside, stating, { path, bytes });
    });
  }

  unread({ inside }: Place, why: UnreadReason): void {
    const entry = this.#entry;
    // A file with an archive's extension but another format was analysed as that format.
    if (entry === undefined || (entry.size < SMALLEST_UNREAD && !PACKAGE.test(entry.path))) return;
    const known = why === "too-deep" || why === "too-much" ? "too-long" : "form";
    this.#found.unread(entry.index, ARCHIVES, known, inside === "" ? undefined : inside);
  }

  #ofJar(way: string, name: string): ContentSink | undefined {
    const jar = this.#jars.get(way) ?? new JarFacts();
    this.#jars.set(way, jar);
    if (!isOfUse(name)) return undefined;
    return new HeadContent(NOTHING, LIMITS.packageFileBytes, (head) => jar.see(name, Buffer.from(head)));
  }

  #stated({ index }: LayerEntry, inside: string, cataloger: Cataloger, file: CatalogedFile): void {
    this.#found.read(index, cataloger.name, () => cataloger.packages(file), inside);
  }
}
