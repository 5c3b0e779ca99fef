import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { serveFolder } from "../../../test/fixtures/data-mirror.ts";
import { NOW, publisher, run, taker } from "../../../test/fixtures/data-publisher.ts";
import { LIMITS } from "../../contract/limits.ts";
import { TableBuilder } from "../../vulnerabilities/database/table/table-builder.ts";

interface Delta {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly bytes: number;
  readonly sha256: string;
}

function blob(folder: string, sha256: string): string {
  return join(folder, "blobs", "sha256", sha256);
}

function indexOf(folder: string) {
  const read = (digest: string) => JSON.parse(readFileSync(blob(folder, digest.slice(7)), "utf8"));
  const { manifests } = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
  const manifest = read(manifests[0].digest);
  return { manifest, index: read(manifest.config.digest) };
}

function deltasOf(folder: string): readonly Delta[] {
  return indexOf(folder).index.deltas;
}

function put(folder: string, bytes: Uint8Array) {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  writeFileSync(blob(folder, sha256), bytes);
  return { sha256, bytes: bytes.length };
}

/** Replaces the index of an export, keeping the old signature. */
function replaceIndex(folder: string, change: (index: ReturnType<typeof indexOf>["index"]) => object): void {
  const { manifest, index } = indexOf(folder);
  const config = put(folder, Buffer.from(JSON.stringify({ ...index, ...change(index) })));
  const changed = {
    ...manifest,
    config: { ...manifest.config, digest: `sha256:${config.sha256}`, size: config.bytes },
  };
  const { sha256 } = put(folder, Buffer.from(JSON.stringify(changed)));
  writeFileSync(
    join(folder, "index.json"),
    JSON.stringify({ manifests: [{ digest: `sha256:${sha256}`, artifactType: manifest.artifactType }] }),
  );
}

const BLOB = "/blobs/sha256/";

describe("a source that changed", () => {
  test("comes as a delta: neither the table nor more than it is asked for", async () => {
    const { publish, folder } = publisher();
    expect(await publish(14)).not.toContain("deltas");
    const mirror = await serveFolder(folder);
    const mine = taker();
    await mine.update(mirror.url);
    expect(await publish(15)).toContain(", signed, deltas: 1, ");
    const [delta, ...others] = deltasOf(folder);
    expect(others).toEqual([]);
    mirror.asked.length = 0;
    const updated = await mine.update(mirror.url);
    expect(updated).toEqual({
      exit: 0,
      stdout: "osv:npm: 2,001 records, current on 2026-06-14\n",
      stderr: "",
    });
    const { manifest, index } = indexOf(folder);
    expect(mirror.asked.slice(2)).toEqual([
      { path: `${BLOB}${manifest.config.digest.slice(7)}`, status: 200, bytes: manifest.config.size },
      { path: `${BLOB}${delta?.sha256}`, status: 200, bytes: delta?.bytes },
    ]);
    expect((delta?.bytes ?? 0) * 20).toBeLessThan(index.sources[0].bytes);
    expect(mine.leftPad()).toEqual(["GHSA-of-day-15"]);
    expect(mine.tables()).toEqual([index.sources[0].file]);
    expect(readFileSync(join(mine.data, "tables", index.sources[0].file))).toEqual(
      readFileSync(blob(folder, index.sources[0].sha256)),
    );
    expect(readdirSync(join(mine.data, "downloads"))).not.toContain(delta?.sha256);
  });

  test("comes as a chain after some days away, and whole after more than vulnerabilityDeltas", async () => {
    const { publish, folder } = publisher();
    await publish(10);
    const early = taker();
    await early.update(folder);
    await publish(11);
    const mine = taker();
    await mine.update(folder);
    for (let day = 12; day <= 11 + LIMITS.vulnerabilityDeltas; day++) await publish(day);
    expect(deltasOf(folder)).toHaveLength(LIMITS.vulnerabilityDeltas);
    const layers = indexOf(folder).manifest.layers.map(({ digest }: { digest: string }) => digest.slice(7));
    expect(layers.slice(1)).toEqual(deltasOf(folder).map(({ sha256 }) => sha256));
    const mirror = await serveFolder(folder);
    await mine.update(mirror.url);
    const blobs = () => mirror.asked.slice(3).map(({ path }) => path.slice(BLOB.length));
    expect(blobs()).toEqual(
      deltasOf(folder)
        .map(({ sha256 }) => sha256)
        .toReversed(),
    );
    expect(mine.leftPad()).toEqual(["GHSA-of-day-18"]);
    mirror.asked.length = 0;
    await early.update(mirror.url);
    expect(blobs()).toEqual([indexOf(folder).index.sources[0].sha256]);
    expect(early.leftPad()).toEqual(["GHSA-of-day-18"]);
  });

  test("comes as a delta from an export that lies elsewhere, whose own are taken over", async () => {
    const { cwd, publish, folder } = publisher();
    await publish(14);
    const mine = taker();
    await mine.update(folder);
    await publish(15);
    await publish(16, "elsewhere", "--since", "exported");
    expect(deltasOf(join(cwd, "elsewhere"))).toHaveLength(2);
    const mirror = await serveFolder(join(cwd, "elsewhere"));
    expect((await mine.update(mirror.url)).stderr).toBe("");
    expect(mirror.asked.slice(3)).toHaveLength(2);
    expect(mine.leftPad()).toEqual(["GHSA-of-day-16"]);
    const wrong = await run(NOW, cwd, "export", "other", "--since", "nothing");
    expect([wrong.exit, wrong.stderr]).toEqual([64, expect.stringContaining("no readable earlier export")]);
  });

  test("comes whole where the earlier table, or the earlier index, is not there any more", async () => {
    const { publish, folder } = publisher();
    await publish(14);
    rmSync(blob(folder, indexOf(folder).index.sources[0].sha256));
    await publish(15);
    expect(deltasOf(folder)).toEqual([]);
    await publish(16);
    const [lost] = deltasOf(folder);
    rmSync(blob(folder, lost?.sha256 ?? ""));
    await publish(17);
    expect(deltasOf(folder)).toHaveLength(1);
    rmSync(blob(folder, indexOf(folder).manifest.config.digest.slice(7)));
    await publish(18);
    expect(deltasOf(folder)).toEqual([]);
  });

  test("and came back to what it was needs no delta", async () => {
    const { publish, folder } = publisher();
    await publish(14);
    const mine = taker();
    await mine.update(folder);
    await publish(15);
    const { manifest } = indexOf(folder);
    expect(manifest.layers).toHaveLength(2);
    writeFileSync(join(mine.cwd, "copy"), "");
    await mine.update(folder);
    const before = mine.tables();
    await publish(15);
    expect(deltasOf(folder)).toHaveLength(1);
    await mine.update(folder);
    expect(mine.tables()).toEqual(before);
  });
});

test("a table packed by another zlib is known by its lines", async () => {
  const { publish, folder } = publisher();
  await publish(14);
  const mine = taker();
  await mine.update(folder);
  const tables = mine.tables();
  // The same lines in a file with another index: as if another zlib had packed it.
  replaceIndex(folder, ({ sources: [source] }) => {
    const bytes = Buffer.from(readFileSync(blob(folder, source.sha256)));
    const other = put(folder, bytes.subarray(0, -1));
    return { sources: [{ ...source, ...other, file: `${other.sha256}.table` }] };
  });
  const mirror = await serveFolder(folder);
  const updated = await mine.unsigned(mirror.url);
  expect([updated.exit, updated.stdout]).toEqual([0, expect.stringContaining("nothing new")]);
  expect([mirror.asked.length, mine.tables()]).toEqual([3, tables]);
  // If a local line differs from the catalogue, the whole table is requested.
  const file = join(mine.data, "tables", tables[0] ?? "");
  writeFileSync(file, readFileSync(file).fill(0, 100, 200));
  rmSync(join(mine.data, "downloads"), { recursive: true });
  const catalog = join(mine.data, "catalog.json");
  writeFileSync(catalog, readFileSync(catalog, "utf8").replace('"mirror"', '"before"'));
  await mine.unsigned(mirror.url);
  expect(mirror.asked.length).toBe(7);
});

describe("a delta that is not what it should be", () => {
  async function changed() {
    const { publish, folder } = publisher();
    await publish(14);
    const mine = taker();
    await mine.update(folder);
    await publish(15);
    const [delta] = deltasOf(folder);
    if (delta === undefined) throw new Error("no delta");
    return { folder, mine, delta };
  }

  const tableOf = (...rows: readonly (readonly [string, string])[]) => {
    const builder = new TableBuilder();
    for (const [key, row] of rows) builder.add(key, row);
    const pieces: Uint8Array[] = [];
    builder.write({ source: "osv:npm", feed: "osv", records: 1, ecosystems: {} }, (piece) =>
      pieces.push(piece),
    );
    return Buffer.concat(pieces);
  };
  const absurd = tableOf(["a npm x", "[]"]);
  absurd.writeUInt32LE(0xffff_ffff, absurd.length - 16);

  test.each<readonly [string, Uint8Array | undefined, string]>([
    ["is gone", undefined, "No readable export in"],
    ["is another file", Buffer.alloc(2_000), "are damaged"],
    ["states absurd lengths", absurd, "are damaged"],
    ["leads to another table", tableOf(["a npm left-pad", "[]"]), "sends something else than is announced"],
  ])("since it %s is refused by name, and the whole table is taken", async (_, bytes, says) => {
    const { folder, mine, delta } = await changed();
    if (bytes === undefined) rmSync(blob(folder, delta.sha256));
    else replaceIndex(folder, () => ({ deltas: [{ ...delta, ...put(folder, bytes) }] }));
    const { exit, stderr } = await (bytes === undefined ? mine.update(folder) : mine.unsigned(folder));
    expect([exit, stderr]).toEqual([0, expect.stringContaining('"osv:npm": a delta did not serve')]);
    expect(stderr).toContain(says);
    expect(mine.leftPad()).toEqual(["GHSA-of-day-15"]);
    expect(mine.tables()).toEqual([indexOf(folder).index.sources[0].file]);
    expect(readdirSync(join(mine.data, "downloads"))).toEqual([]);
  });

  test("since it was changed on the way is refused by name, and the whole table is taken", async () => {
    const { folder, mine, delta } = await changed();
    writeFileSync(blob(folder, delta.sha256), readFileSync(blob(folder, delta.sha256)).fill(0, 20, 40));
    const { stderr } = await mine.update(folder);
    expect(stderr).toContain("sends something else than is announced");
    expect(mine.leftPad()).toEqual(["GHSA-of-day-15"]);
  });

  test("is not asked for where it is not smaller than the table", async () => {
    const { folder, mine, delta } = await changed();
    replaceIndex(folder, ({ sources: [{ bytes }] }) => ({ deltas: [{ ...delta, bytes }] }));
    const mirror = await serveFolder(folder);
    expect((await mine.unsigned(mirror.url)).stderr).toBe("");
    expect(mirror.asked.slice(3).map(({ path }) => path.slice(BLOB.length))).toEqual([
      indexOf(folder).index.sources[0].sha256,
    ]);
  });

  test("under a signature over another index is refused, and the old data stay", async () => {
    const { folder, mine, delta } = await changed();
    replaceIndex(folder, () => ({ deltas: [{ ...delta, ...put(folder, tableOf(["x", "[]"])) }] }));
    expect((await mine.update(folder)).stderr).toContain("the signature is not of the public key");
    expect(mine.leftPad()).toEqual(["GHSA-of-day-14"]);
  });

  test.each([
    [{ bytes: -1 }],
    [{ bytes: 1e300 }],
    [{ sha256: "../../etc/passwd" }],
    [{ from: 1 }],
    [{ source: null }],
  ])("with %j in the index is refused, and the old data stay", async (change) => {
    const { folder, mine, delta } = await changed();
    replaceIndex(folder, () => ({ deltas: [{ ...delta, ...change }] }));
    expect((await mine.unsigned(folder)).stderr).toContain(
      "this is not an export of vulnerability data by douane (deltas)",
    );
    expect(mine.leftPad()).toEqual(["GHSA-of-day-14"]);
  });
});
