import type { ContentReader } from "./analyzer.ts";

/** The first member of a zip, and the line that may stand before it and names an interpreter (zipapp, pex, shiv). */
const MEMBER = "PK\x03\x04";
const INTERPRETER = /^#![^\n]{1,500}\n/;
const HEAD_CHARACTERS = 512;

/** Reads a file whose name does not tell what it is: as an archive where it begins as one. */
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
  // Most programs begin with neither.
  if (first !== 0x50 && !(first === 0x23 && second === 0x21)) return false;
  const head = Buffer.from(bytes.subarray(0, HEAD_CHARACTERS)).toString("latin1");
  return head.replace(INTERPRETER, "").startsWith(MEMBER);
}
