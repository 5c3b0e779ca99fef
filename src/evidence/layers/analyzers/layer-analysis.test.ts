import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import type { FileSelector } from "../../../contract/file-selector.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import type { TarEntry } from "../../../image/tar/write.ts";
import { type KeptContent, type LayerFacts, UNREAD_LAYER } from "../facts/facts.ts";
import { LayerTask } from "../read/layer-task.ts";
import { ALL } from "./asked.ts";
import { WantedContent } from "./wanted-content.ts";

function observe(entries: readonly TarEntry[], ...selectors: readonly FileSelector[]): LayerFacts {
  const layer = layerOf(entries, "none");
  const request = { diffId: layer.diffId, size: layer.blob.length, asked: ALL };
  const task = new LayerTask(request, new WantedContent(selectors), new ImageBudget());
  task.push(layer.blob);
  return { ...UNREAD_LAYER, ...task.end() };
}

/** Kept texts by path, as selected. */
function kept(facts: LayerFacts): Record<string, string> {
  return byPath(facts, facts.files.contents);
}

function byPath({ entries }: LayerFacts, contents: readonly KeptContent[]): Record<string, string> {
  return Object.fromEntries(contents.map(({ entry, text }) => [entries.paths[entry] ?? "", text]));
}

/** A key generated here, so that the sources contain none. */
const KEY = generateKeyPairSync("rsa", { modulusLength: 1_024 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();
const KEY_LINES = KEY.split("\n").slice(1, -2);

describe("scripts that an entrypoint can lead to are kept", () => {
  const script = "#!/bin/sh\nexec true\n";
  test.each<[string, number, string, boolean]>([
    ["entrypoint.sh", 0o755, script, true],
    ["usr/local/bin/docker-entrypoint", 0o755, script, true],
    ["opt/run.sh", 0o644, script, true],
    ["opt/run", 0o644, script, false],
    ["opt/program", 0o755, "\x7fELF", false],
    ["usr/bin/which", 0o755, script, false],
    ["app/node_modules/x/run.sh", 0o755, script, false],
    ["entrypoint", 0o755, `#!/bin/sh\n${" ".repeat(LIMITS.scriptBytes)}`, false],
  ])("%s %o", (path, mode, content, isKept) => {
    const facts = observe([{ path, mode, content }]);
    expect(Object.keys(byPath(facts, facts.scripts.contents))).toEqual(isKept ? [`/${path}`] : []);
  });

  test("others that are executable are noted, to be read should the start lead there", () => {
    const facts = observe([
      { path: "usr/bin/ls", mode: 0o755, content: "\x7fELF" },
      { path: "usr/bin/which", mode: 0o755, content: script },
      { path: "run", mode: 0o755, content: script },
    ]);
    expect(facts.scripts.found).toEqual([1, 2]);
  });
});

describe("contents that selectors ask for are kept", () => {
  test("up to what the most demanding one wants", () => {
    const selectors = [
      { suffixes: [".conf"], content: 3 },
      { names: ["a.conf"], content: 5 },
    ];
    expect(
      kept(
        observe(
          [
            { path: "a.conf", content: "123456789" },
            { path: "b.conf", content: "12" },
          ],
          ...selectors,
        ),
      ),
    ).toEqual({
      "/a.conf": "12345",
      "/b.conf": "12",
    });
  });

  test("of every file named like a path that is asked for: the path may be a link to it", () => {
    const facts = observe([{ path: "usr/lib/os-release", content: "ID=x" }], {
      paths: ["/etc/os-release"],
      content: 9,
    });
    expect(kept(facts)).toEqual({ "/usr/lib/os-release": "ID=x" });
  });

  test("not where no content is wanted", () => {
    expect(kept(observe([{ path: "a.log", content: "x" }], { suffixes: [".log"] }))).toEqual({});
  });

  test("with invalid UTF-8 replaced", () => {
    expect(
      kept(observe([{ path: "a", content: Uint8Array.of(0x61, 0xff) }], { names: ["a"], content: 9 })),
    ).toEqual({
      "/a": "a\u{FFFD}",
    });
  });

  test("within the bound of a layer; beyond, empty and marked as cut", () => {
    const content = "x".repeat(LIMITS.keptFileBytes);
    const count = LIMITS.keptBytesPerLayer / LIMITS.keptFileBytes + 1;
    const entries = Array.from({ length: count }, (_, index) => ({ path: `${index}.txt`, content }));
    const { files } = observe(entries, { suffixes: [".txt"], content: LIMITS.keptFileBytes });
    expect(files.contents.map(({ text, cutAt, full }) => [text.length, cutAt, full])).toEqual([
      ...Array.from({ length: count - 1 }, () => [LIMITS.keptFileBytes, undefined, undefined]),
      // Reading again would give no more.
      [0, LIMITS.keptFileBytes, true],
    ]);
  });
});

describe("secrets", () => {
  test("are found with their entry and line, and never kept", () => {
    const facts = observe([{ path: "a" }, { path: "app/key.pem", content: `\n${KEY}` }], {
      suffixes: [".pem"],
      content: 4_000,
    });
    expect(facts.secrets.found).toMatchObject([{ entry: 1, kind: "private-key", line: 2 }]);
    for (const line of KEY_LINES) expect(JSON.stringify(facts)).not.toContain(line);
  });

  test("that lie across the cut of a content are masked whole", () => {
    const begin = "line\n".repeat(20);
    const content = `${begin}${KEY}`;
    for (let cut = begin.length; cut < content.length; cut += 7) {
      const text = kept(
        observe([{ path: "app/notes.conf", content }], { suffixes: [".conf"], content: cut }),
      )["/app/notes.conf"];
      expect(text).not.toContain((KEY_LINES[1] ?? "").slice(0, 20));
    }
  });

  test("in what a whiteout, or the end of the archive, hides are found, too", () => {
    expect(observe([{ path: "app/.wh.key.pem", content: KEY }]).secrets.found).toHaveLength(1);
  });
});
