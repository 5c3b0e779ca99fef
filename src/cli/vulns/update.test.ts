import { generateKeyPairSync } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Misbehaviour, serveFolder } from "../../../test/fixtures/data-mirror.ts";
import { douane } from "../../../test/fixtures/douane.ts";
import { osvRecord } from "../../../test/fixtures/osv-records.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";

const NOW = "2026-06-15T12:00:00Z";

function at(now: string, cwd: string, ...argv: readonly string[]) {
  return douane(["vulns", ...argv], {
    cwd,
    env: { DOUANE_DATA: join(cwd, "data") },
    now: () => new Date(now),
  });
}

function keys(type: "ed25519" | "ec" = "ed25519") {
  const pair =
    type === "ec" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
  return {
    secret: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    open: pair.publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}

const KEYS = keys();

/** A publisher: a folder of data, exported to `exported`. */
async function publisher() {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "secret.pem"), KEYS.secret);
  const publish = async (now: string, ...ids: readonly string[]) => {
    const filler = Array.from({ length: 3_000 }, (_, index) =>
      osvRecord(`GHSA-${index}`, `package-${index * 7919}`),
    );
    writeFileSync(
      join(cwd, "npm.ndjson"),
      [...filler, ...ids.map((id) => osvRecord(id, "left-pad"))].map((one) => JSON.stringify(one)).join("\n"),
    );
    writeFileSync(
      join(cwd, "kev.json"),
      JSON.stringify({
        catalogVersion: "1",
        dateReleased: "2026-06-13T10:00:00Z",
        vulnerabilities: [{ cveID: "CVE-2026-0001" }],
      }),
    );
    await at(now, cwd, "import", "npm.ndjson", "kev.json");
    const exported = await at(now, cwd, "export", "exported", "--signing-key", "secret.pem");
    expect([exported.exit, exported.stderr]).toEqual([0, ""]);
  };
  await publish("2026-06-14T12:00:00Z", "GHSA-a");
  return { publish, folder: join(cwd, "exported") };
}

/** A consumer with the publisher's key. */
function taker() {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "key.pem"), KEYS.open);
  return {
    cwd,
    data: join(cwd, "data"),
    update: (...mirrors: readonly string[]) => at(NOW, cwd, "update", ...mirrors, "--public-key", "key.pem"),
    status: async () => (await at(NOW, cwd, "status")).stdout.split("\n").slice(1).join("\n"),
  };
}

describe("an update from a mirror", () => {
  test("takes what is signed; nothing new costs no bytes, and what is here already is not asked for", async () => {
    const { publish, folder } = await publisher();
    const mirror = await serveFolder(folder);
    const { update } = taker();
    const first = await update(mirror.url);
    expect(first).toEqual({
      exit: 0,
      stdout: "kev: 1 record, current on 2026-06-13\nosv:npm: 3,001 records, current on 2026-06-14\n",
      stderr: "",
    });
    mirror.asked.length = 0;
    expect((await update(mirror.url)).stdout).toBe(`${mirror.url}: nothing new\n`);
    expect(mirror.asked).toEqual([{ path: "/index.json", status: 304, bytes: 0 }]);
    await publish("2026-06-15T06:00:00Z", "GHSA-a", "GHSA-b");
    mirror.asked.length = 0;
    expect((await update(mirror.url)).stdout).toContain("osv:npm: 3,002 records");
    // The index of the layout, the manifest, the index of the data, the one table that changed.
    expect(mirror.asked.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test("takes a folder, and data that another kind of key signed", async () => {
    const { folder } = await publisher();
    const { update, cwd } = taker();
    expect((await update(folder)).stdout).toContain("osv:npm: 3,001 records");
    expect((await update(folder)).stdout).toContain("nothing new");
    const ec = keys("ec");
    writeFileSync(join(cwd, "ec.pem"), ec.secret);
    writeFileSync(join(cwd, "key.pem"), ec.open);
    await at(NOW, cwd, "export", "again", "--signing-key", "ec.pem");
    expect((await update("again")).exit).toBe(0);
  });

  test("goes to the next mirror when one does not answer with data", async () => {
    const { folder } = await publisher();
    const [bad, good] = [await serveFolder(folder), await serveFolder(folder)];
    const { update } = taker();
    bad.misbehave = (_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title>");
      return true;
    };
    const { exit, stdout, stderr } = await update("http://127.0.0.1:1/gone", bad.url, good.url);
    expect([exit, stdout]).toEqual([0, expect.stringContaining("osv:npm: 3,001 records")]);
    expect(stderr).toContain("refuses the connection");
    expect(stderr).toContain("answers with an HTML page instead of data");
  });

  const broken: readonly (readonly [string, (asked: number) => Misbehaviour])[] = [
    [
      "asks to wait",
      (times) => {
        let left = times;
        return (_, response) => {
          if (left-- <= 0) return false;
          response.writeHead(429, { "retry-after": "0" }).end();
          return true;
        };
      },
    ],
    [
      "fails",
      (times) => {
        let left = times;
        return (_, response) => {
          if (left-- <= 0) return false;
          response.writeHead(503).end();
          return true;
        };
      },
    ],
    [
      "closes the connection",
      (times) => {
        let left = times;
        return (request) => {
          if (left-- <= 0) return false;
          request.socket.destroy();
          return true;
        };
      },
    ],
  ];

  test.each(broken)("tries again while a server %s", async (_, misbehaviour) => {
    const { folder } = await publisher();
    const mirror = await serveFolder(folder);
    const { update } = taker();
    mirror.misbehave = misbehaviour(2);
    expect(await update(mirror.url)).toMatchObject({ exit: 0, stderr: "" });
  });

  test("goes on where a download ended too early", async () => {
    const { folder } = await publisher();
    const mirror = await serveFolder(folder);
    const { update } = taker();
    const blobs = readdirSync(join(folder, "blobs", "sha256")).map((name) =>
      join(folder, "blobs", "sha256", name),
    );
    const largest = Math.max(...blobs.map((path) => statSync(path).size));
    let cut = 0;
    mirror.misbehave = (request, response) => {
      const path = join(folder, request.url ?? "");
      const isTable = existsSync(path) && statSync(path).size === largest;
      if (!isTable || request.headers.range !== undefined) return false;
      cut++;
      response.writeHead(200, { etag: etagOf(path), "content-length": String(largest) });
      response.write(readFileSync(path).subarray(0, largest >> 1), () => request.socket.destroy());
      return true;
    };
    expect((await update(mirror.url)).exit).toBe(0);
    expect(cut).toBe(1);
    expect(mirror.asked).toContainEqual(
      expect.objectContaining({ status: 206, bytes: largest - (largest >> 1) }),
    );
  });
});

function etagOf(path: string): string {
  return `"${path.split("/").at(-1) ?? ""}"`;
}

describe("data that are not what they should be are refused, and what is here stays", () => {
  async function refused(change: (folder: string) => Promise<void> | void, key = KEYS.open) {
    const { folder, publish } = await publisher();
    const mine = taker();
    await mine.update(folder);
    const before = await mine.status();
    await publish("2026-06-15T06:00:00Z", "GHSA-b");
    await change(folder);
    writeFileSync(join(mine.cwd, "key.pem"), key);
    const outcome = await mine.update(folder);
    expect(await mine.status()).toBe(before);
    expect(readdirSync(join(mine.data, "downloads"))).toEqual([]);
    expect(readdirSync(join(mine.data, "tables")).filter((name) => name.startsWith("new"))).toEqual([]);
    return outcome.stderr;
  }

  test("signed by somebody else", async () => {
    expect(await refused(() => undefined, keys().open)).toContain("the signature is not of the public key");
  });

  test("unsigned", async () => {
    const stderr = await refused(async (folder) => {
      await at(NOW, join(folder, ".."), "export", "exported");
    });
    expect(stderr).toContain("the data are not signed, and a public key is set");
  });

  test("with another table than was signed", async () => {
    const stderr = await refused((folder) => {
      for (const name of readdirSync(join(folder, "blobs", "sha256"))) {
        const path = join(folder, "blobs", "sha256", name);
        const bytes = readFileSync(path);
        if (bytes.subarray(0, 8).toString() === "DOUANEVT") writeFileSync(path, bytes.fill(0, 100, 200));
      }
    });
    expect(stderr).toContain("sends something else than is announced");
  });

  test("with another index than the manifest names", async () => {
    const stderr = await refused((folder) => {
      const { manifests } = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
      writeFileSync(join(folder, "blobs", "sha256", manifests[0].digest.slice(7)), "{}");
    });
    expect(stderr).toContain("sends something else than is announced");
  });

  test.each(["{", "[]", '{"manifests":[{"digest":"sha256:../../etc/passwd"}]}'])(
    "with %j for an index",
    async (text) => {
      expect(await refused((folder) => writeFileSync(join(folder, "index.json"), text))).toContain(
        "this is not an export of vulnerability data by douane",
      );
    },
  );

  test("exported before what is here", async () => {
    const stderr = await refused(async (folder) => {
      await at(
        "2026-06-10T00:00:00Z",
        join(folder, ".."),
        "export",
        "exported",
        "--signing-key",
        "secret.pem",
      );
    });
    expect(stderr).toContain("offers data exported on 2026-06-10T00:00:00.000Z, before this machine's");
  });

  test("exported in the future", async () => {
    const stderr = await refused(async (folder) => {
      await at(
        "2027-01-01T00:00:00Z",
        join(folder, ".."),
        "export",
        "exported",
        "--signing-key",
        "secret.pem",
      );
    });
    expect(stderr).toContain("in the future: one of the clocks is wrong");
  });

  test("of another format", async () => {
    const unsigned = async (folder: string) => {
      const { manifests } = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
      expect(manifests).toHaveLength(1);
      writeFileSync(
        join(folder, "index.json"),
        JSON.stringify({ manifests: [{ ...manifests[0], digest: `sha256:${"0".repeat(64)}` }] }),
      );
    };
    expect(await refused(unsigned)).toContain("No readable export in");
  });
});

describe("a failed update", () => {
  test("is no error while the data are young, and unavailable (69) when they are not", async () => {
    const { folder } = await publisher();
    const { update, cwd } = taker();
    const none = await update("http://127.0.0.1:1");
    expect([none.exit, none.stderr]).toEqual([
      69,
      expect.stringContaining("no complete data of the last 5 days"),
    ]);
    await update(folder);
    const young = await update("http://127.0.0.1:1");
    expect([young.exit, young.stderr]).toEqual([
      0,
      expect.stringContaining("at most 5 days old and remain in use"),
    ]);
    const old = await at(
      "2026-06-25T12:00:00Z",
      cwd,
      "update",
      "http://127.0.0.1:1",
      "--public-key",
      "key.pem",
    );
    expect(old.exit).toBe(69);
    const lenient = ["update", "http://127.0.0.1:1", "--public-key", "key.pem", "--max-age", "30"];
    expect((await at("2026-06-25T12:00:00Z", cwd, ...lenient)).exit).toBe(0);
  });
});

describe("an update from feeds themselves", () => {
  test("asks each under its condition, dates what has not changed anew, and leaves what fails as it was", async () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "all.json"), JSON.stringify(osvRecord("GHSA-1", "left-pad")));
    writeFileSync(
      join(folder, "epss.csv.gz"),
      gzipSync(
        "#model_version:v4,score_date:2026-06-12T00:00:00+0000\ncve,epss,percentile\nCVE-2026-0001,0.5,0.9\n",
      ),
    );
    const server = await serveFolder(folder);
    const { cwd } = taker();
    const feeds = ["all.json", "epss.csv.gz", "gone.zip"].map((name) => `feed+${server.url}/${name}`);
    const first = await at(NOW, cwd, "update", ...feeds);
    expect(first.stdout).toBe(
      "osv:npm: 1 record, current on 2026-06-15\nepss: 1 record, current on 2026-06-15\n",
    );
    expect([first.exit, first.stderr]).toEqual([
      0,
      expect.stringContaining('does not give "/gone.zip" (404)'),
    ]);
    server.asked.length = 0;
    const second = await at("2026-06-16T12:00:00Z", cwd, "update", ...feeds.slice(0, 2));
    expect(second.stdout).toBe(
      `${server.url}/all.json: nothing new\n${server.url}/epss.csv.gz: nothing new\n`,
    );
    expect(server.asked.map(({ status, bytes }) => [status, bytes])).toEqual([
      [304, 0],
      [304, 0],
    ]);
    const status = await at("2026-06-16T12:00:00Z", cwd, "status", "--format", "json");
    expect(JSON.parse(status.stdout).sources).toMatchObject([
      { name: "epss", date: "2026-06-16T12:00:00.000Z", from: `${server.url}/epss.csv.gz` },
      { name: "osv:npm", date: "2026-06-16T12:00:00.000Z" },
    ]);
  });
});

describe("settings of an update", () => {
  test("come from the policy", async () => {
    const { folder } = await publisher();
    const { cwd } = taker();
    const indented = KEYS.open
      .trim()
      .split("\n")
      .map((line) => `    ${line}`)
      .join("\n");
    writeFileSync(
      join(cwd, "policy.yaml"),
      `vulnerabilityDataDays: 1\nvulnerabilityData:\n  mirrors: ["${folder}"]\n  publicKey: |\n${indented}\n`,
    );
    const { exit, stdout } = await at(NOW, cwd, "update", "--policy", "policy.yaml");
    expect([exit, stdout]).toEqual([0, expect.stringContaining("osv:npm: 3,001 records")]);
    expect((await at(NOW, cwd, "status", "--policy", "policy.yaml")).stdout).toContain("limit 1 days");
  });

  test("its key is asked for again when data judge: a team's own, or edited ones, prove nothing", async () => {
    const { folder } = await publisher();
    const { cwd, data } = taker();
    const key = KEYS.open.trim().replaceAll("\n", "\n    ");
    writeFileSync(
      join(cwd, "policy.yaml"),
      `vulnerabilityDataDays: 9\nvulnerabilityData:\n  mirrors: ["${folder}"]\n  publicKey: |\n    ${key}\n`,
    );
    writeFileSync(
      join(cwd, "sbom.json"),
      JSON.stringify({
        bomFormat: "CycloneDX",
        specVersion: "1.6",
        components: [{ type: "library", name: "fine", version: "1.0.0", purl: "pkg:npm/fine@1.0.0" }],
      }),
    );
    const answer = async (...argv: readonly string[]) => {
      const { stdout } = await at(NOW, cwd, "sbom.json", "--format", "json", ...argv);
      const read = JSON.parse(stdout) as {
        readonly answer: string;
        readonly reason?: { readonly en: string };
      };
      return [read.answer, read.reason?.en];
    };
    const unsigned = ["unproven", "data are not signed by the policy's key (kev, osv:npm)"];
    expect((await at(NOW, cwd, "update", folder, "--allow-unsigned")).exit).toBe(0);
    expect(await answer("--policy", "policy.yaml")).toEqual(["yes", undefined]);
    // A team's own import of the same records.
    writeFileSync(join(cwd, "own.json"), readFileSync(join(folder, "..", "npm.ndjson")));
    await at(NOW, cwd, "import", "own.json", "--as-of", "2026-06-15");
    expect(await answer("--policy", "policy.yaml")).toEqual([
      "unproven",
      "data are not signed by the policy's key (osv:npm)",
    ]);
    expect(await answer()).toEqual(["yes", undefined]);
    // An update restores signed data even if the mirror has nothing new.
    expect((await at(NOW, cwd, "update", "--policy", "policy.yaml")).exit).toBe(0);
    expect(await answer("--policy", "policy.yaml")).toEqual(["yes", undefined]);
    const catalog = readFileSync(join(data, "catalog.json"), "utf8");
    writeFileSync(
      join(data, "catalog.json"),
      catalog.replaceAll(/"date": "2026-06-1[34]/g, '"date": "2026-06-15'),
    );
    expect(await answer("--policy", "policy.yaml")).toEqual(unsigned);
  });

  test.each([
    [["update", "/exported"], "Data of a mirror count only when they are signed"],
    [["update", "ftp://host/x", "--allow-unsigned"], 'Mirror "ftp://host/x": write https://host/path'],
    [["update", "feed+x"], "write feed+https://host/path"],
    [["update", "feed+http://feeds.example/all.zip"], "without TLS, anybody on the way can change it"],
    [["update", "official", "--public-key", "key.pem"], "the official feeds are not signed"],
    [["update", "/x", "--public-key", "gone.pem"], '"gone.pem" cannot be read'],
    [["export"], "give one folder"],
    [["export", "taken"], 'taken" already contains other files'],
    [["export", "x", "--signing-key", "key.pem"], "not a readable PEM key"],
  ])("%j is a usage error", async (argv, says) => {
    const { cwd } = taker();
    writeFileSync(join(cwd, "a.json"), JSON.stringify(osvRecord("GHSA-1", "left-pad")));
    await at(NOW, cwd, "import", "a.json");
    await at(NOW, cwd, "export", "taken");
    writeFileSync(join(cwd, "taken", "index.json"), "mine");
    const { exit, stderr } = await at(NOW, cwd, ...argv);
    expect([exit, stderr]).toEqual([64, expect.stringContaining(says)]);
  });

  test("unsigned data are taken where that is said; without data there is nothing to export", async () => {
    const { folder } = await publisher();
    const { cwd } = taker();
    const empty = await at(NOW, cwd, "export", "exported");
    expect([empty.exit, empty.stderr]).toEqual([69, expect.stringContaining("nothing to export")]);
    expect((await at(NOW, cwd, "update", folder, "--allow-unsigned")).exit).toBe(0);
  });
});
