import type { ContentReader } from "./analyzer.ts";

/** Signature of a zip; an interpreter line may precede it (zipapp, pex, shiv). */
const MEMBER = "PK\x03\x04";
const INTERPRETER = /^#![^\n]{1,500}\n/;
const HEAD_CHARACTERS = 512;

/** Reads a file with an ambiguous name: as an archive if its content begins like one. */
export function readerByContent(archive: () => ContentReader, other: () => ContentReader): ContentReader {
  let reader: ContentReader | undefined;
  return {
    push: (bytes, offset) => {
      reader ??= isZip(bytes) ? archive() : other();
      reader.push(bytes, offset);
    },
    end: () => (reader ?? other()).end(),
  };
}

function isZip(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  // Cheap test: most programs begin neither with `P` nor with `#!`.
  if (first !== 0x50 && !(first === 0x23 && second === 0x21)) return false;
  const head = Buffer.from(bytes.subarray(0, HEAD_CHARACTERS)).toString("latin1");
  return head.replace(INTERPRETER, "").startsWith(MEMBER);
}
