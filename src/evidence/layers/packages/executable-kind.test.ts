import { expect, test } from "vitest";
import { executableKind, isPhar } from "./executable-kind.ts";

function elf(type: number, order: "LE" | "BE", rest = ""): Buffer {
  const head = Buffer.alloc(200);
  head.write("\x7fELF\x02", "latin1");
  head[5] = order === "LE" ? 1 : 2;
  if (order === "LE") head.writeUInt16LE(type, 16);
  else head.writeUInt16BE(type, 16);
  head.write(rest, 100);
  return head;
}

function pe(at: number, mark: string): Buffer {
  const head = Buffer.alloc(300);
  head.write("MZ");
  head.writeUInt32LE(at, 60);
  if (at < 290) head.write(mark, at);
  return head;
}

function zip(first: string): Buffer {
  const head = Buffer.alloc(30 + first.length);
  head.write("PK\x03\x04", "latin1");
  head.writeUInt16LE(first.length, 26);
  head.write(first, 30);
  return head;
}

test.each<[string, Buffer, string, string | undefined]>([
  ["a program", elf(2, "LE"), "/app/server", "program"],
  ["one that is loaded anywhere, without a mode or a name", elf(3, "LE"), "/app/x.txt", "program"],
  ["of another order of bytes", elf(2, "BE"), "/app/server", "program"],
  ["a library", elf(3, "LE"), "/usr/lib/libssl.so.3", "library"],
  ["an addon of Node", elf(3, "BE"), "/a.node", "library"],
  ["a program called so", elf(2, "LE"), "/a.so", "program"],
  ["of a type that the system's supplier defines", elf(0xff00, "LE"), "/a", "program"],
  ["an object that a linker reads", elf(1, "LE"), "/crt1.o", undefined],
  ["a core", elf(4, "LE"), "/core", undefined],
  ["what UPX packed", elf(2, "LE", "UPX!"), "/app/server", "packed"],
  ["an ELF that ends in its header", elf(2, "LE").subarray(0, 19), "/a", undefined],
  ["text about ELF", Buffer.from("\x7fABC is no ELF, and longer than that"), "/a", undefined],
  ["a PE", pe(128, "PE\0\0"), "/a.dll", "pe"],
  ["a PE whose header lies farther", pe(4_096, ""), "/a.exe", "pe"],
  ["a text that begins with MZ", Buffer.from(`MZ${" ".repeat(200)}`), "/a", undefined],
  ["a program of DOS", pe(128, "NE\0\0"), "/a", undefined],
  ["a jar", zip("META-INF/MANIFEST.MF"), "/a.bin", "jar"],
  ["a jar that begins with a class", zip("com/example/A.class"), "/a.bin", "jar"],
  ["another zip", zip("word/document.xml"), "/a.jar", undefined],
  ["the beginning of one", zip("a").subarray(0, 20), "/a.jar", undefined],
  ["Mach-O of 32 bits", Buffer.from("\xfe\xed\xfa\xce", "latin1"), "/a", "mach-o"],
  ["Mach-O of 64 bits", Buffer.from("\xfe\xed\xfa\xcf", "latin1"), "/a", "mach-o"],
  [
    "Mach-O of 32 bits, of the other order of bytes",
    Buffer.from("\xce\xfa\xed\xfe", "latin1"),
    "/a",
    "mach-o",
  ],
  ["an ELF as short as its type", elf(2, "LE").subarray(0, 20), "/a", "program"],
  ["a relocatable ELF that UPX packed", elf(1, "LE", "UPX!"), "/a", undefined],
  ["a library by its extension in the middle", elf(3, "LE"), "/a.so.1.2", "library"],
  ["a program with a similar extension", elf(3, "LE"), "/a.sox", "program"],
  ["a PE that ends with its header's place", pe(128, "PE\0\0").subarray(0, 64), "/a", "pe"],
  ["a PE that ends before it", pe(128, "PE\0\0").subarray(0, 63), "/a", undefined],
  ["a PE whose header ends with what was read", pe(296, "").fill("PE\0\0", 296), "/a", "pe"],
  ["a PE whose header was read in part", pe(298, ""), "/a", "pe"],
  ["another content at the end of what was read", pe(296, ""), "/a", undefined],
  ["a PE whose header lies as far as one may", pe(65_535, ""), "/a", "pe"],
  ["a header that lies too far", pe(65_536, ""), "/a", undefined],
  ["a text that begins with M", Buffer.alloc(100, "M"), "/a", undefined],
  ["a zip as short as its header", zip(""), "/a", undefined],
  ["a jar whose first name is cut", zip("META-INF/MANIFEST.MF").subarray(0, 40), "/a", "jar"],
  ["a text that begins with P", Buffer.alloc(100, "P"), "/a", undefined],
  ["a class below another name", zip("x.class.txt"), "/a", undefined],
  ["META-INF below another folder", zip("a/META-INF/x"), "/a", undefined],
  ["Mach-O", Buffer.from("\xcf\xfa\xed\xfe\x07\0\0\x01", "latin1"), "/a", "mach-o"],
  ["a class of Java", Buffer.from("\xca\xfe\xba\xbe\0\0\0A", "latin1"), "/A.class", undefined],
  ["nothing", Buffer.alloc(0), "/a", undefined],
])("%s", (_, head, path, kind) => {
  expect(executableKind(head, path)).toBe(kind);
});

test.each<[string, string, boolean]>([
  ["/app/x.phar", "<?php\n__HALT_COMPILER(); ?>", true],
  ["/usr/bin/composer", "#!/usr/bin/env php\n<?php\nPhar::mapPhar('composer.phar');", true],
  ["/app/index.php", "<?php\necho 1;", false],
  ["/app/bin/console", "#!/usr/bin/env php\n<?php\nrequire 'vendor/autoload.php';", false],
  ["/app/x", "<?php\n__HALT_COMPILER(); ?>", true],
  ["/app/x", "<?php\nmy__HALT_COMPILER(); ?>", false],
  ["/app/x.phar", "#!/usr/bin/python\n<?php", false],
  ["/app/x.phar", "<?= 1", false],
  ["/app/x.pharx", "<?php\necho 1;", false],
  ["/app/x.phar", "#!/usr/bin/env php\n\n<?php", false],
  ["/app/x.phar", "text", false],
  ["/app/x.phar", "", false],
  ["/app/x.py", "# <?php Phar::", false],
])("%s that begins %j: %s", (path, head, expected) => {
  expect(isPhar(Buffer.from(head), path)).toBe(expected);
});
