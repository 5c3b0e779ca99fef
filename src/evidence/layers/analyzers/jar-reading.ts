import { type ContentSink, NOTHING } from "../../../archives/content/content-sink.ts";
import type { Opening } from "../../../archives/content/opening.ts";
import { type ContentVisitor, filePlace, type Place } from "../../../archives/content/place.ts";
import { UnpackBudget } from "../../../archives/content/unpack-budget.ts";
import type { UnreadReason } from "../../../archives/content/unreadable.ts";
import { openings } from "../../../archives/open-content.ts";
import { baseName } from "../../../contract/base-name.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { isOfUse, JAR, JarFacts } from "../../../sbom/catalogers/java/jar.ts";
import { JAR_SBOM } from "../../../sbom/embedded/embedded-sbom.ts";
import type { ContentReader, LayerEntry } from "./analyzer.ts";
import type { FoundPackages } from "./found-packages.ts";
import type { FoundSboms } from "./found-sboms.ts";
import { HeadContent } from "./head-content.ts";

const CATALOGER = "java";
/** Mark of a jar with the code of several projects, none of which is identified. */
const SHADED = "shaded-jar";

/** Reads jars and their nested jars while the layer is streamed. */
export class JarReading implements ContentVisitor {
  readonly #found: FoundPackages;
  readonly #sboms: FoundSboms;
  readonly #opening: Opening = openings(this, new UnpackBudget());
  #entry: LayerEntry | undefined;
  /** Nested jars of the current file, by path; "" is the file itself. */
  #jars = new Map<string, JarFacts>();
  /** Paths already reported as unread, or not jars. */
  #told = new Set<string>();

  constructor(found: FoundPackages, sboms: FoundSboms) {
    this.#found = found;
    this.#sboms = sboms;
  }

  reader(entry: LayerEntry): ContentReader {
    this.#entry = entry;
    this.#jars = new Map([["", new JarFacts()]]);
    this.#told = new Set();
    const content = this.#opening.open(filePlace(entry.path));
    return {
      push: (bytes) => content.push(bytes),
      end: () => {
        content.end();
        this.#tell(entry);
      },
    };
  }

  content({ inside }: Place): ContentSink | undefined {
    const entry = this.#entry;
    if (inside === JAR_SBOM && entry !== undefined) {
      return new HeadContent(NOTHING, LIMITS.embeddedSbomBytes, (head, size) =>
        this.#sboms.member(entry, inside, head, size),
      );
    }
    const { way, name } = placeIn(inside);
    if (inside === "" || JAR.test(inside)) {
      this.#unread(inside, "damaged");
      return undefined;
    }
    if (way !== "" && !JAR.test(way)) return undefined;
    const jar = this.#jars.get(way) ?? new JarFacts();
    this.#jars.set(way, jar);
    jar.seeName(name);
    if (!isOfUse(name)) return undefined;
    return new HeadContent(NOTHING, LIMITS.packageFileBytes, (head, size) => {
      if (head.length === size) jar.see(name, Buffer.from(head));
      else this.#unread(inside, "too-long");
    });
  }

  unread({ inside }: Place, why: UnreadReason): void {
    // Java resource adapters share the extension .rar with another format.
    if (why === "rar") {
      this.#told.add(inside);
      return;
    }
    const isOfJar = inside === "" || JAR.test(inside) || isOfUse(placeIn(inside).name);
    if (isOfJar) this.#unread(inside, why === "too-deep" || why === "too-much" ? "too-long" : "damaged");
  }

  #unread(inside: string, why: "too-long" | "damaged"): void {
    if (this.#entry === undefined || this.#told.has(inside)) return;
    this.#told.add(inside);
    this.#found.unread(this.#entry.index, CATALOGER, why, inside === "" ? undefined : inside);
  }

  #tell({ index, path }: LayerEntry): void {
    for (const [inside, jar] of this.#jars) {
      // An unread jar states nothing, and its name alone proves nothing.
      if (this.#told.has(inside) && jar.isEmpty) continue;
      const stated = jar.packages(baseName(inside === "" ? path : inside));
      this.#found.add({
        entry: index,
        ...(inside === "" ? {} : { inside }),
        cataloger: CATALOGER,
        ...stated,
      });
      if (jar.isShaded) this.#found.unread(index, SHADED, "form", inside === "" ? undefined : inside);
    }
    this.#jars = new Map();
  }
}

/** Path of the innermost archive around a member, and the member's name in it. */
function placeIn(inside: string): { readonly way: string; readonly name: string } {
  const at = inside.lastIndexOf("!/");
  return at < 0 ? { way: "", name: inside } : { way: inside.slice(0, at), name: inside.slice(at + 2) };
}
