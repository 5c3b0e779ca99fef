import { performance } from "node:perf_hooks";
import { inDocumentTime } from "../../../contract/document-time.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { ImageBudget } from "../../../image/layer/budget.ts";
import { EntryRecorder } from "../../../image/layer/entries.ts";
import type { TarMember } from "../../../image/tar/member.ts";
import { normalizePath } from "../../../image/tar/path.ts";
import type { TarVisitor } from "../../../image/tar/walk.ts";
import type { AnalyzerName, SomeFacts } from "../facts/facts.ts";
import type { Analysis, Analyzer, ContentReader, LayerEntry } from "./analyzer.ts";
import { analyzerError, analyzerTime } from "./analyzer-error.ts";
import type { Asked } from "./asked.ts";
import { ANALYZERS } from "./list.ts";
import { PieceBuffer } from "./piece-buffer.ts";
import type { WantedContent } from "./wanted-content.ts";

const WATCHED_BYTES = 1024 ** 2;

/** A running analyzer with its request for the current entry. */
interface Running {
  readonly name: AnalyzerName;
  readonly fileBytes: number;
  readonly analysis: Analysis<unknown>;
  /** Bytes requested from the beginning of the entry. */
  bytes: number;
  reader: ContentReader | undefined;
  /** Time spent, in milliseconds. */
  spent: number;
}

/** Passes each entry of a layer to the requested analyzers while its tar is streamed. */
export class LayerAnalysis implements TarVisitor {
  readonly #asked: Asked;
  readonly #budget: ImageBudget;
  readonly #recorder = new EntryRecorder();
  readonly #running: readonly Running[];
  readonly #head = new PieceBuffer();
  #entry: LayerEntry | undefined;
  /** The analyzer being called, to which an exception is attributed. */
  #current: Running | undefined;

  constructor(
    asked: Asked,
    wanted: WantedContent,
    budget: ImageBudget,
    analyzers: readonly Analyzer[] = ANALYZERS,
  ) {
    this.#asked = asked;
    this.#budget = budget;
    this.#running = analyzers.flatMap((analyzer) => begin(analyzer, asked, wanted));
  }

  member(member: TarMember): number | "pieces" {
    const index = this.#recorder.length;
    const path = this.#recorder.add(member);
    const { type, mode, size, capability, link, attributes } = member;
    this.#budget.addEntries(1, path.length + link.length);
    if (type === "hardlink") return this.#link(index, path, normalizePath(link));
    const entry: LayerEntry = { index, path, type, mode, size, capability, link, attributes };
    this.#entry = entry;
    let most = 0;
    let isRead = false;
    for (const running of this.#running) {
      this.#current = running;
      const want = running.analysis.want(entry);
      running.reader = typeof want === "number" ? undefined : want;
      running.bytes = typeof want === "number" ? want : 0;
      if (running.bytes > running.fileBytes)
        throw new RangeError(`${running.bytes} bytes are more than it may have`);
      if (running.bytes > most) most = running.bytes;
      if (running.reader !== undefined) isRead = true;
    }
    this.#current = undefined;
    if (!isRead) return most;
    // An analyzer requested the whole file in one piece: readers get the same buffer, which saves a second
    // copy.
    if (most >= size && size > 0 && !member.sparse) return size;
    this.#head.begin(Math.min(most, size));
    return "pieces";
  }

  #link(index: number, path: string, target: string): 0 {
    for (const { analysis } of this.#running) analysis.link?.(index, path, target);
    return 0;
  }

  body(member: TarMember, bytes: Uint8Array): void {
    this.#take(member, bytes);
    for (const running of this.#running) {
      const { reader } = running;
      if (reader !== undefined) this.#call(running, () => readWhole(reader, bytes));
    }
  }

  #take(member: TarMember, bytes: Uint8Array): void {
    if (member.sparse) this.#budget.addUnpacked(bytes.length);
    for (const running of this.#running) {
      const { bytes: wanted, analysis } = running;
      if (wanted === 0) continue;
      const part = bytes.length > wanted ? bytes.subarray(0, wanted) : bytes;
      this.#call(running, (entry) => watched(part.length, () => analysis.take(entry, part)));
    }
  }

  data(_: TarMember, bytes: Uint8Array, offset: number): void {
    this.#head.put(bytes, offset);
    for (const running of this.#running) {
      const { reader } = running;
      if (reader !== undefined) this.#call(running, () => reader.push(bytes, offset));
    }
  }

  dataEnd(member: TarMember): void {
    const head = this.#head.take();
    if (head.length > 0) this.#take(member, head);
    for (const running of this.#running) {
      const { reader } = running;
      if (reader !== undefined) this.#call(running, () => reader.end());
    }
  }

  /** @param unpackedBytes length of the whole tar, which was read to its end and verified */
  facts(unpackedBytes: number): SomeFacts {
    const facts: { [Name in AnalyzerName]?: unknown } = {};
    if (this.#asked.entries === true) facts.entries = { unpackedBytes, ...this.#recorder.entries() };
    for (const running of this.#running) {
      this.#current = running;
      facts[running.name] = running.analysis.facts();
    }
    this.#current = undefined;
    return facts as SomeFacts;
  }

  /** The error; if an analyzer caused it, with the analyzer's name and the file. */
  named(error: unknown): unknown {
    return this.#current === undefined ? error : analyzerError(error, this.#current.name, this.#entry?.path);
  }

  #call(running: Running, work: (entry: LayerEntry) => void): void {
    if (this.#entry === undefined) return;
    this.#current = running;
    const begun = performance.now();
    work(this.#entry);
    running.spent += performance.now() - begun;
    if (running.spent > LIMITS.analyzerMs) throw analyzerTime();
    this.#current = undefined;
  }
}

function readWhole(reader: ContentReader, bytes: Uint8Array): void {
  reader.push(bytes, 0);
  reader.end();
}

/**
 * Runs work on a file under the watchdog; for a small file, setting the watchdog would take longer than the
 * work.
 */
function watched(bytes: number, work: () => void): void {
  if (bytes < WATCHED_BYTES) work();
  else inDocumentTime(bytes, work);
}

function begin(analyzer: Analyzer, asked: Asked, wanted: WantedContent): readonly Running[] {
  const { name, fileBytes } = analyzer;
  const own = asked[name];
  if (own === undefined) return [];
  return [{ name, fileBytes, analysis: analyzer.begin(own, wanted), bytes: 0, reader: undefined, spent: 0 }];
}
