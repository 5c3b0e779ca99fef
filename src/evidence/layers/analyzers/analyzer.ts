import type { FileHeader } from "../../../contract/image-facts.ts";
import type { AnalyzerName, LayerFacts } from "../facts/facts.ts";
import type { Asked } from "./asked.ts";
import type { WantedContent } from "./wanted-content.ts";

/**
 * Makes facts of a layer from the files that it wants, in the one pass that feeds all analyzers. Its
 * facts are JSON, and small: they are kept under (layer, name, version), see VERSIONS. One that
 * fails, fails the layer; it never gives a shorter list.
 */
export interface Analyzer<Name extends AnalyzerName = AnalyzerName> {
  readonly name: Name;
  /** Most bytes of a file that the analyzer may request in one piece; longer files must be read in pieces. */
  readonly fileBytes: number;
  /** Begins with one layer. */
  begin(asked: NonNullable<Asked[Name]>, wanted: WantedContent): Analysis<LayerFacts[Name]>;
}

/** State of an analyzer for one layer. */
export interface Analysis<Facts> {
  /** Receives each entry in the order of the tar, except hard links, whose targets came before. */
  want(entry: LayerEntry): Want;
  /** The content that want() asked for as a number of bytes, or all of it where it is shorter; valid during the call. */
  take(entry: LayerEntry, bytes: Uint8Array): void;
  /** Sees each hard link, by its number, and the path that it names. */
  link?(index: number, path: string, target: string): void;
  facts(): Facts;
}

/**
 * Request for a file's content. A number: that many bytes from its beginning, in one piece; a shorter file is
 * complete, with its end (a zip's directory). A reader: the whole file in pieces. 0: nothing.
 */
export type Want = number | ContentReader;

/** Reads a file piece by piece. */
export interface ContentReader {
  /** A piece at its offset in the file, valid during the call; holes are left out. */
  push(bytes: Uint8Array, offset: number): void;
  /** All pieces came. */
  end(): void;
}

/** An entry of a layer, valid while its tar is streamed. */
export interface LayerEntry extends FileHeader {
  /** Index of the entry in the layer. */
  readonly index: number;
  /** Bytes of its content, holes included. */
  readonly size: number;
  /** Target of a symbolic link, as written; absent or "" for others. */
  readonly link?: string;
  /** Extended attributes of the `user.` namespace, by their names in it. */
  readonly attributes?: ReadonlyMap<string, Uint8Array> | undefined;
}

/** Whether the entry is a file that has a content. */
export function hasContent({ type, size }: LayerEntry): boolean {
  return type === "file" && size > 0;
}
