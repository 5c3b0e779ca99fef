import type { FileHeader } from "../../../contract/image-facts.ts";
import type { AnalyzerName, LayerFacts } from "../facts/facts.ts";
import type { Asked } from "./asked.ts";
import type { WantedContent } from "./wanted-content.ts";

/**
 * Derives facts of a layer from the files that the analyzer requests; one pass over the layer feeds all
 * analyzers. The facts are small JSON, cached under (layer, name, version), see VERSIONS. If an analyzer
 * fails, the layer fails; an analyzer never returns a shorter list.
 */
export interface Analyzer<Name extends AnalyzerName = AnalyzerName> {
  readonly name: Name;
  /**
   * Maximum number of bytes of a file that the analyzer may request in one piece; longer files must be read
   * in pieces.
   */
  readonly fileBytes: number;
  /** Starts the analysis of one layer. */
  begin(asked: NonNullable<Asked[Name]>, wanted: WantedContent): Analysis<LayerFacts[Name]>;
}

/** State of an analyzer for one layer. */
export interface Analysis<Facts> {
  /** Receives each entry in the order of the tar, except hard links, whose targets came before. */
  want(entry: LayerEntry): Want;
  /**
   * Receives the bytes that want() requested, or the whole file if it is shorter. The bytes are valid only
   * during the call.
   */
  take(entry: LayerEntry, bytes: Uint8Array): void;
  /** Receives each hard link: its index, its path and the path of its target. */
  link?(index: number, path: string, target: string): void;
  facts(): Facts;
}

/**
 * Request for a file's content. A number: that many bytes from the beginning, in one piece; a shorter file is
 * complete, including its end (a zip's directory). A reader: the whole file in pieces. 0: nothing.
 */
export type Want = number | ContentReader;

/** Reads a file piece by piece. */
export interface ContentReader {
  /** Receives a piece at its offset in the file, valid during the call; holes are omitted. */
  push(bytes: Uint8Array, offset: number): void;
  /** Called after the last piece. */
  end(): void;
}

/** An entry of a layer, valid while its tar is streamed. */
export interface LayerEntry extends FileHeader {
  /** Index of the entry in the layer. */
  readonly index: number;
  /** Length of the content in bytes, holes included. */
  readonly size: number;
  /** Target of a symbolic link, as written; absent or "" for other entries. */
  readonly link?: string;
  /** Extended attributes of the `user.` namespace, by name without the prefix. */
  readonly attributes?: ReadonlyMap<string, Uint8Array> | undefined;
}

/** Whether the entry is a file with content. */
export function hasContent({ type, size }: LayerEntry): boolean {
  return type === "file" && size > 0;
}
