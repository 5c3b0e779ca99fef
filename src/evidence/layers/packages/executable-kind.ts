import type { EXECUTABLE_KINDS } from "../../../contract/package-facts.ts";

type ExecutableKind = (typeof EXECUTABLE_KINDS)[number];

/** First bytes needed to recognise an executable: an ELF header, and usually its build ID. */
export const EXECUTABLE_HEAD_BYTES = 1_024;

/**
 * Kind of executable code by the first bytes, regardless of name and mode, which loaders ignore. Undefined
 * for other files.
 *
 * @param path affects only the kind's name
 */
export function executableKind(head: Buffer, path: string): ExecutableKind | undefined {
  switch (head[0]) {
    case 0x7f:
      return elfKind(head, path);
    case 0x4d:
      return isPe(head) ? "pe" : undefined;
    case 0x50:
      return isJar(head) ? "jar" : undefined;
    default:
      return MACH_O.has(head.toString("latin1", 0, 4)) ? "mach-o" : undefined;
  }
}

/** Values of ELF's e_type (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html). */
const RELOCATABLE = 1;
const EXECUTABLE = 2;
const CORE = 4;

function elfKind(head: Buffer, path: string): ExecutableKind | undefined {
  if (head.length < 20 || head.toString("latin1", 1, 4) !== "ELF") return undefined;
  const type = head[5] === 2 ? head.readUInt16BE(16) : head.readUInt16LE(16);
  // Object files and core dumps are not executed.
  if (type === RELOCATABLE || type === CORE) return undefined;
  if (head.includes(UPX)) return "packed";
  return type !== EXECUTABLE && /\.(?:so|node)(?:\.|$)/.test(path) ? "library" : "program";
}

/** Magic number of UPX's header, after the program's own. */
const UPX = Buffer.from("UPX!", "latin1");

/** Whether the file is a PE program: `MZ`, and the offset of a second header, which is after the first. */
function isPe(head: Buffer): boolean {
  if (head[1] !== 0x5a || head.length < 64) return false;
  const at = head.readUInt32LE(60);
  return at + 4 > head.length ? at < 65_536 : head.toString("latin1", at, at + 4) === "PE\0\0";
}

/** Whether a zip is a jar: its first member is in META-INF, as `jar` writes it, or a class. */
function isJar(head: Buffer): boolean {
  if (head.length < 30 || head.toString("latin1", 0, 4) !== "PK\x03\x04") return false;
  const name = head.toString("latin1", 30, 30 + head.readUInt16LE(26));
  return name.startsWith("META-INF/") || name.endsWith(".class");
}

/** Magic numbers of Mach-O, both byte orders, 32 and 64 bits; universal binaries share Java's class magic. */
const MACH_O: ReadonlySet<string> = new Set([
  "\xfe\xed\xfa\xce",
  "\xfe\xed\xfa\xcf",
  "\xce\xfa\xed\xfe",
  "\xcf\xfa\xed\xfe",
]);

/** Whether a file is an executable archive of PHP, such as `composer.phar`, by its name or stub. */
export function isPhar(head: Buffer, path: string): boolean {
  // A stub begins with `<?php` or an interpreter line; most files begin with neither.
  if (head[0] !== 0x3c && head[0] !== 0x23) return false;
  const text = head.toString("latin1");
  if (!/^(?:#![^\n]{0,200}php[^\n]{0,100}\n)?<\?php/.test(text)) return false;
  return path.endsWith(".phar") || /\bPhar::|\b__HALT_COMPILER\(/.test(text);
}
