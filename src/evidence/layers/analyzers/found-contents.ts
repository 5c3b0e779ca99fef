import type { ContentSink } from "../../../archives/content/content-sink.ts";
import type { Place } from "../../../archives/content/place.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { isApplicationSettings, type SearchScope, searchScope } from "../../../secrets/scope.ts";
import { DatabaseSearch } from "../databases/database-search.ts";
import type { LayerDatabase, LayerInlined, PackedFacts, PackedMember } from "../facts/facts.ts";
import { HeadContent } from "./head-content.ts";
import { isBundle } from "./inlined-environment.ts";
import { InlinedSearch } from "./inlined-search.ts";
import { KeptTexts, MASK_MARGIN } from "./kept-texts.ts";
import type { WantedContent } from "./wanted-content.ts";

/** A file of a layer whose content is examined. */
interface OpenedFile {
  readonly index: number;
  readonly scope: SearchScope;
}

/**
 * Finds databases and requested members, by content or by name, in an application's own files and archives.
 */
export class FoundContents {
  readonly databases: LayerDatabase[] = [];
  readonly inlined: LayerInlined[] = [];
  readonly #wanted: WantedContent;
  readonly #members: PackedMember[] = [];
  readonly #texts = new KeptTexts();
  /** Callback with the place of a finding beyond the bound. */
  readonly #tooMuch: (place: Place) => void;

  constructor(wanted: WantedContent, tooMuch: (place: Place) => void) {
    this.#wanted = wanted;
    this.#tooMuch = tooMuch;
  }

  get packed(): PackedFacts {
    return { asked: this.#wanted.packedIds, members: this.#members };
  }

  /** @param sink also receives the content */
  watch(place: Place, file: OpenedFile, sink: ContentSink): ContentSink {
    if (place.isNested && file.scope.tree === "own" && isApplicationSettings(place.path)) {
      return this.#keeping(place, file.index, sink);
    }
    if (!isOwn(place, file)) return sink;
    const search = new DatabaseSearch(sink, ({ name, isRead, isDump }) => {
      const kind = isRead === true ? { isRead } : isDump === true ? { isScript: isDump } : {};
      this.#addDatabase(place, { entry: file.index, ...insideOf(place), format: name, ...kind });
    });
    const bundle = isBundle(place.path) ? this.#inlinedOf(place, file.index, search) : search;
    return place.inside === "" ? bundle : this.#keeping(place, file.index, bundle);
  }

  #inlinedOf(place: Place, entry: number, sink: ContentSink): ContentSink {
    return new InlinedSearch(sink, (inlined) => {
      if (this.inlined.length >= LIMITS.inlinedPerLayer) this.#tooMuch(place);
      else this.inlined.push({ entry, ...insideOf(place), ...inlined });
    });
  }

  #keeping(place: Place, entry: number, sink: ContentSink): ContentSink {
    const { isMatched, bytes } = this.#wanted.ofMember(place.path);
    if (!isMatched) return sink;
    const { inside } = place;
    return new HeadContent(sink, bytes === 0 ? 0 : bytes + MASK_MARGIN, (head, size) => {
      if (this.#members.length >= LIMITS.packedKeptPerLayer) return this.#tooMuch(place);
      const kept = bytes === 0 ? {} : this.#text(place, entry, head, size, bytes);
      this.#members.push({ entry, inside, size, ...kept });
    });
  }

  #text({ path }: Place, index: number, head: Uint8Array, size: number, bytes: number) {
    this.#texts.add({ index, path, size }, head, bytes);
    const { text = "", cutAt } = this.#texts.contents.pop() ?? {};
    return cutAt === undefined ? { text } : { text, cutAt };
  }

  #addDatabase(place: Place, database: LayerDatabase): void {
    if (this.databases.length >= LIMITS.databasesPerLayer) this.#tooMuch(place);
    else this.databases.push(database);
  }
}

/** Whether the content belongs to the application, and not to a dependency packed with it. */
function isOwn({ inside, path, isNested }: Place, { scope }: OpenedFile): boolean {
  if (scope.tree !== "own" || isNested) return false;
  return inside === "" || searchScope(path).tree === "own";
}

/** Path inside the file, as an optional field of facts. */
export function insideOf({ inside }: Place): { readonly inside?: string } {
  return inside === "" ? {} : { inside };
}
