import { describe, expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import type { FileSelector } from "./file-selector.ts";
import { LIMITS } from "./limits.ts";
import { restrictedImage, restrictFiles } from "./restrict-files.ts";

const image = imageFacts({
  files: [
    { path: "/etc/passwd", content: "root:x:0:0\n", size: 11 },
    { path: "/var/log/app.log", content: "é line", size: 5_000, truncated: true },
    { path: "/var/log/link.log", type: "symlink", link: "/dev/stdout" },
  ],
});

function files(...selectors: readonly FileSelector[]) {
  return restrictedImage(image, selectors).files;
}

test("a rule that asks for no files sees none, and all else", () => {
  expect(restrictedImage(image)).toEqual({ ...image, files: [] });
  expect(files()).toEqual([]);
  expect(files({})).toHaveLength(3);
});

describe("content is there as far as this rule asked for it", () => {
  const [passwd, log] = image.files;

  test("whole, where it asked for as much as there is", () => {
    expect(files({ names: ["passwd"], content: 11 })).toEqual([passwd]);
    expect(files({ names: ["app.log"], content: 5_000 })).toEqual([log]);
    expect(files({ names: ["app.log"], content: LIMITS.keptFileBytes * 2 })).toEqual([log]);
  });

  test("cut, where it asked for less", () => {
    expect(files({ names: ["passwd"], content: 4 })).toEqual([
      { ...passwd, content: "root", truncated: true },
    ]);
    expect(files({ names: ["app.log"], content: 3 })).toMatchObject([{ content: "é ", truncated: true }]);
  });

  test("not at all, where it asked for none", () => {
    const { content: _, truncated: __, ...header } = log ?? {};
    expect(files({ names: ["app.log"] })).toEqual([header]);
  });

  test("by the selector of its own that asks for most", () => {
    expect(files({ names: ["passwd"], content: 1 }, { under: ["/etc"], content: 6 })).toMatchObject([
      { content: "root:x" },
    ]);
  });
});

test("it is worked out once for an image and what is asked of it", () => {
  const selectors = [{ names: ["passwd"] }];
  expect(restrictedImage(image, selectors)).toBe(restrictedImage(image, selectors));
  expect(restrictedImage(imageFacts(), selectors)).not.toBe(restrictedImage(image, selectors));
});

test("what many rules ask for at once is what each of them asks for alone", () => {
  const passwd: FileSelector = { names: ["passwd"], content: 4 };
  const rules = [
    { files: [passwd] },
    { files: [{ suffixes: [".log"], content: 3 }, passwd, { under: ["/etc"], content: 6 }] },
    { files: [{ paths: ["/etc/passwd"] }] },
    { files: [{ type: "symlink" as const }] },
    {},
  ];
  const alone = rules.map(
    ({ files: asked }) => restrictedImage(imageFacts({ files: image.files }), asked).files,
  );
  const together = imageFacts({ files: image.files });
  restrictFiles(together, rules);
  expect(rules.map(({ files: asked }) => restrictedImage(together, asked).files)).toEqual(alone);
});
