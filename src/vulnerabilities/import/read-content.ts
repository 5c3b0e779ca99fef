import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { isDecompressionBomb } from "../../contract/decompression-bomb.ts";
import { LIMITS } from "../../contract/limits.ts";
import { type Fields, isFields, objectsOf } from "../../json/fields.ts";
import type { FeedFormat, FeedName, FeedSink } from "../feed/feed.ts";
import { epssReader, isEpss } from "../feeds/epss/epss.ts";
import { recognise } from "../feeds/recognise.ts";
import { damagedArchive, malformedFeed, tooMuch } from "./content/feed-errors.ts";
import { JsonPieces } from "./content/json-pieces.ts";
import { Lines } from "./content/lines.ts";
import type { Content } from "./content/zip-members.ts";

/** Sink for the facts of a feed. */
export type SinkOf = (feed: FeedName) => FeedSink;

/** Maximum size of a document that is parsed as a whole, in bytes. */
const WHOLE_BYTES = 16 * 1024 ** 2;

/**
 * Reads a feed of any format; false if the content is not a feed.
 *
 * @throws InvalidInputError feed-malformed, feed-archive-damaged, feed-too-large
 */
export async function readContent(content: Content, sinkOf: SinkOf): Promise<boolean> {
  if (content.whole !== undefined) return readWhole(content.name, content.whole, sinkOf);
  const pieces = content.bytes[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let bytes = 0;
  let end = false;
  while (bytes < WHOLE_BYTES && !end) {
    const { value, done } = await pieces.next();
    if (done === true) end = true;
    else {
      first.push(Buffer.from(value.buffer, value.byteOffset, value.length));
      bytes += value.length;
    }
  }
  const beginning = Buffer.concat(first);
  const rest: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => pieces };
  if (isGzip(beginning)) {
    const { name, group } = content;
    return readContent({ name, group, bytes: gunzipped(name, joined(beginning, rest)) }, sinkOf);
  }
  return end ? readWhole(content.name, beginning, sinkOf) : readLarge(content.name, beginning, rest, sinkOf);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function* joined(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* gunzipped(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let packed = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      packed += piece.length;
      yield piece;
    }
  }
  const source = Readable.from(counted());
  const stream = source.pipe(createGunzip({ chunkSize: 1024 ** 2 }));
  source.on("error", (error) => stream.destroy(error));
  let unpacked = 0;
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      unpacked += piece.length;
      if (unpacked > LIMITS.vulnerabilityUnpackedBytes) throw tooMuch(name, "vulnerabilityUnpackedBytes");
      if (isDecompressionBomb(unpacked, packed)) throw tooMuch(name, "expansionRatio");
      yield piece;
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) throw error;
    throw damagedArchive(name, String(error.code));
  } finally {
    source.destroy();
  }
}

function readWhole(name: string, bytes: Buffer, sinkOf: SinkOf): boolean {
  if (isGzip(bytes)) throw damagedArchive(name, "gzip within an archive");
  const text = bytes.toString("utf8").replace(/^\u{FEFF}/u, "");
  if (isEpss(text)) return readScores(text.split("\n"), sinkOf);
  if (!/^\s{0,100}[{[]/.test(text)) return false;
  const document = parsed(text);
  if (document !== undefined) return readDocument(document, sinkOf, name);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (parsed(lines[0] ?? "") === undefined) throw malformedFeed(name, text.slice(-40));
  let isRead = false;
  for (const line of lines) isRead = readLine(name, line, sinkOf) || isRead;
  return isRead;
}

function readScores(lines: Iterable<string>, sinkOf: SinkOf): boolean {
  const read = epssReader(sinkOf("epss"));
  for (const line of lines) read(line);
  return true;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readLine(name: string, line: string, sinkOf: SinkOf): boolean {
  if (line.trim() === "") return false;
  const document = parsed(line);
  if (document === undefined) throw malformedFeed(name, line.slice(0, 100));
  return readDocument(document, sinkOf, name);
}

/** Reads a document, or several documents in an array, in the format of the first recognised document. */
function readDocument(document: unknown, sinkOf: SinkOf, name: string): boolean {
  if (!isFields(document)) return readList(Array.isArray(document) ? document : [], sinkOf, name);
  const answers = objectsOf(document["vulns"]);
  if (answers.length > 0) return readList(answers, sinkOf, name);
  const format = recognise(document);
  if (format === undefined) return false;
  format.read(document, sinkOf(format.feed), name);
  return true;
}

function readList(documents: readonly unknown[], sinkOf: SinkOf, name: string): boolean {
  let format: FeedFormat | undefined;
  for (const document of documents) format = readElement(document, format, sinkOf, name);
  return format !== undefined;
}

function readElement(
  document: unknown,
  known: FeedFormat | undefined,
  sinkOf: SinkOf,
  name: string,
): FeedFormat | undefined {
  if (!isFields(document)) return known;
  const format = recognise(document);
  if (format !== undefined) format.read(document, sinkOf(format.feed), name);
  else if (known !== undefined) sinkOf(known.feed).malformed(JSON.stringify(document).slice(0, 100));
  return format ?? known;
}

/** Reads large content: one document per line, lines of scores, or one document that is split into pieces. */
async function readLarge(
  name: string,
  beginning: Buffer,
  rest: AsyncIterable<Uint8Array>,
  sinkOf: SinkOf,
): Promise<boolean> {
  const head = beginning.subarray(0, 4_096).toString("utf8");
  let isRead = false;
  if (isEpss(head)) {
    const read = epssReader(sinkOf("epss"));
    await eachLine(name, joined(beginning, rest), read);
    return true;
  }
  if (!/^\s{0,100}[{[]/.test(head)) return false;
  const line = beginning.subarray(0, Math.max(0, beginning.indexOf(0x0a)));
  if (isFields(parsed(line.toString("utf8")))) {
    await eachLine(name, joined(beginning, rest), (text) => {
      isRead = readLine(name, text, sinkOf) || isRead;
    });
    return isRead;
  }
  let format: FeedFormat | undefined;
  const pieces = new JsonPieces(name, (key, text, isElement) => {
    const value = parsed(text);
    if (value === undefined) throw malformedFeed(name, text.slice(0, 100));
    format = readElement(asDocument(key, value, isElement), format, sinkOf, name);
  });
  for await (const piece of joined(beginning, rest)) {
    pieces.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
  }
  pieces.end();
  return format !== undefined;
}

/** A piece in the form of a document that contains only this piece. */
function asDocument(key: string, value: unknown, isElement: boolean): Fields | undefined {
  if (key === "" || (key === "vulns" && isElement)) return isFields(value) ? value : undefined;
  if (!isElement && !isFields(value)) return undefined;
  return { [key]: isElement ? [value] : value };
}

async function eachLine(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  onLine: (line: string) => void,
): Promise<void> {
  const lines = new Lines(name, onLine);
  for await (const piece of bytes) lines.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
  lines.end();
}
