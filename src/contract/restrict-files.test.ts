import { describe, expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import type { FileSelector } from "./file-selector.ts";
import type { FileFacts } from "./image-facts.ts";
import { LIMITS } from "./limits.ts";
import { restrictedImage, restrictFiles } from "./restrict-files.ts";
import type { SettingsReader } from "./settings-reader.ts";

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

/** Reader of files in /etc that have a text. */
const reader: SettingsReader = {
  name: "first",
  version: 1,
  read(path, content) {
    if (content === undefined || !path.startsWith("/etc/")) return undefined;
    return [{ name: "first", value: content.slice(0, 4), line: 1, certainty: "certain" }];
  },
};
const other: SettingsReader = { ...reader, name: "other", read: () => [] };

describe("settings instead of text, where a reader was asked for", () => {
  const passwd = { path: "/etc/passwd", content: "root:x:0:0\n", size: 11 };
  const found = { name: "first", value: "root", line: 1, certainty: "certain" } as const;
  const kept = { ...found, value: "kept" };
  const seen = (sketch: Partial<FileFacts>, ...selectors: readonly FileSelector[]) =>
    restrictedImage(imageFacts({ files: [{ ...passwd, ...sketch }] }), selectors).files;

  test("as they were read when the image was collected, whatever others read", () => {
    const settings = { first: [kept], other: [] };
    const [file] = seen({ settings }, { names: ["passwd"], content: 99, reader });
    expect(file).toMatchObject({ path: "/etc/passwd", settings: { first: [kept] } });
    expect(file).not.toHaveProperty("content");
    expect(file).not.toHaveProperty("settings.other");
  });

  test("read now in evidence with the text, as far as was asked for", () => {
    expect(seen({}, { names: ["passwd"], content: 99, reader })).toMatchObject([
      { settings: { first: [found] } },
    ]);
    expect(seen({}, { names: ["passwd"], content: 2, reader })).toMatchObject([
      { settings: { first: [{ value: "ro" }] } },
    ]);
  });

  test("beside the text that another selector of the rule asks for", () => {
    const both = seen({}, { names: ["passwd"], content: 99, reader }, { under: ["/etc"], content: 4 });
    expect(both).toMatchObject([{ content: "root", truncated: true, settings: { first: [found] } }]);
  });

  test("and no file in which no reader is interested", () => {
    expect(seen({ path: "/app/passwd" }, { names: ["passwd"], content: 99, reader })).toEqual([]);
    const header = seen({ path: "/app/passwd" }, { content: 99, reader }, { names: ["passwd"] });
    expect(header).toMatchObject([{ path: "/app/passwd" }]);
    expect(header[0]).not.toHaveProperty("settings");
  });

  test("not for a rule that asks for the text alone", () => {
    const [file] = seen({ settings: { first: [kept] } }, { names: ["passwd"], content: 4 });
    expect(file).toMatchObject({ content: "root" });
    expect(file).not.toHaveProperty("settings");
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
    { files: [{ names: ["passwd", "app.log"], content: 4, reader }] },
    { files: [{ names: ["passwd"], content: 4, reader: other }, passwd] },
    {},
  ];
  const alone = rules.map(
    ({ files: asked }) => restrictedImage(imageFacts({ files: image.files }), asked).files,
  );
  const together = imageFacts({ files: image.files });
  restrictFiles(together, rules);
  expect(rules.map(({ files: asked }) => restrictedImage(together, asked).files)).toEqual(alone);
});
