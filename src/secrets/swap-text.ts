/** Start of a Vim swap file (`:help swap-file`); the version follows. */
const VIM = Buffer.from("b0VIM ");
/** Identifier of a page with text; the blocks before contain names and numbers. */
const PAGE = Buffer.from("ad");

/**
 * Path of the edited file and its lines, in the order of the swap file. Undefined if the bytes are not a Vim
 * swap file.
 */
export function swapText(path: string, bytes: Buffer): { path: string; text: Buffer } | undefined {
  if (bytes[0] !== VIM[0] || !VIM.equals(bytes.subarray(0, VIM.length))) return undefined;
  const text = Buffer.from(bytes.subarray(Math.max(0, bytes.indexOf(PAGE, VIM.length))));
  for (let at = 0; at < text.length; at++) if (text[at] === 0) text[at] = 0x0a;
  return { path: path.replace(/\/\.?([^/]{1,200})\.sw[a-z]$/, "/$1"), text };
}
