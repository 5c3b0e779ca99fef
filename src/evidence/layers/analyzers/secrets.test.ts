import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { checkedToken, KEY, noise, SEC1_KEY } from "../../../../test/fixtures/secrets.ts";
import { zipOf } from "../../../../test/fixtures/zip.ts";
import type { FileSelector } from "../../../contract/file-selector.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import { type TarEntry, writeTar } from "../../../image/tar/write.ts";
import { NO_SECRETS, type SecretsFacts } from "../facts/facts.ts";
import { LayerTask } from "../read/layer-task.ts";
import { WantedContent } from "./wanted-content.ts";

function secretsOf(entries: readonly TarEntry[], selectors: readonly FileSelector[] = []): SecretsFacts {
  const { diffId, blob } = layerOf(entries, "none");
  const task = new LayerTask(
    { diffId, size: blob.length, asked: { secrets: true } },
    new WantedContent(selectors),
    new ImageBudget(),
  );
  for (let at = 0; at < blob.length; at += 100_000) task.push(blob.subarray(at, at + 100_000));
  const { secrets } = task.end();
  task.close();
  return secrets ?? NO_SECRETS;
}

/** Findings: kind, place inside the file, and package whose test it is. */
function told(entries: readonly TarEntry[]): readonly string[] {
  return secretsOf(entries).found.map(
    ({ kind, inside = "", testOf }) =>
      `${kind}${inside && ` in ${inside}`}${testOf === undefined ? "" : ` (${testOf})`}`,
  );
}

function sum(
  algorithm: string,
  encoding: "hex" | "base64" | "base64url",
  content: string | Uint8Array = KEY,
): string {
  return createHash(algorithm).update(content).digest(encoding);
}

test("more secrets in a layer than anyone reads are an error that names the bound", () => {
  const keys = Array.from({ length: LIMITS.secretsPerLayer + 1 }, (_, index) => ({
    path: `app/${index}.pem`,
    content: KEY,
  }));
  expect(told(keys.slice(1))).toHaveLength(LIMITS.secretsPerLayer);
  expect(() => told(keys)).toThrow("the layer holds more than 500 secrets (bound secretsPerLayer)");
});

test("more settings where packages lie than packagedSettingsPerLayer are an error that names the bound", () => {
  const lines = (count: number): string =>
    Array.from({ length: count }, (_, index) => `password: Hiver${index}!\n`).join("");
  const files = (count: number): readonly TarEntry[] => [
    {
      path: "app/node_modules/grille/package.json",
      content: '{"name": "grille", "version": "1.0.0", "license": "MIT"}',
    },
    { path: "app/node_modules/grille/a.yaml", content: lines(count) },
  ];
  expect(told(files(LIMITS.packagedSettingsPerLayer))).toEqual([]);
  expect(() => told(files(LIMITS.packagedSettingsPerLayer + 1))).toThrow("bound packagedSettingsPerLayer");
});

test("a file longer than is searched in one piece is searched all the same", () => {
  const content = `${KEY}${"x\n".repeat(LIMITS.secretFileBytes / 2)}${KEY}`;
  expect(secretsOf([{ path: "app/a.txt", content }]).found).toMatchObject([{ kind: "private-key" }]);
});

test("a package's list longer than LIMITS.packageFileBytes makes nothing a package's", () => {
  const path = "usr/lib/x/test/key.pem";
  const line = `${sum("md5", "hex")}  ${path}\n`;
  const listed = (length: number): readonly TarEntry[] => [
    { path: "var/lib/dpkg/info/x.md5sums", content: line.padEnd(length, "\n") },
    { path, content: KEY },
  ];
  expect(told(listed(LIMITS.packageFileBytes))).toEqual(["private-key (x)"]);
  expect(told(listed(LIMITS.packageFileBytes + 1))).toEqual(["private-key"]);
});

describe("archives are looked into", () => {
  test.each<[string, string, Uint8Array, string]>([
    ["a jar", "app/app.jar", zipOf([{ name: "key.pem", content: KEY }]), "private-key in key.pem"],
    ["a tar.gz", "app/b.tgz", gzipSync(writeTar([{ path: "k", content: KEY }])), "private-key in b.tar!/k"],
    [
      "settings by their name",
      "app/app.jar",
      zipOf([
        {
          name: "BOOT-INF/classes/application.properties",
          content: `spring.datasource.password=${noise(12)}\n`,
        },
      ]),
      "named-secret in BOOT-INF/classes/application.properties",
    ],
    [
      "a library within",
      "app/app.jar",
      zipOf([{ name: "BOOT-INF/lib/a.jar", content: zipOf([{ name: "a.pem", content: KEY }]), method: 0 }]),
      "private-key in BOOT-INF/lib/a.jar!/a.pem",
    ],
    [
      "a compressed dump",
      "srv/dump.sql.gz",
      gzipSync(`x ${checkedToken("ghp_")}\n`),
      "github-token in dump.sql",
    ],
  ])("%s", (_, path, content, expected) => {
    expect(told([{ path, content }])).toEqual([expected]);
  });

  test("but for what Debian's lists name, which comes after them", () => {
    const own = gzipSync(`own ${KEY}`);
    const listed = gzipSync(`listed ${KEY}`);
    const lists = {
      path: "var/lib/dpkg/info/x.md5sums",
      content: `${sum("md5", "hex", listed)}  usr/share/doc/x.gz\n`,
    };
    const both = [
      { path: "usr/share/doc/x/own.gz", content: own },
      { path: "usr/share/doc/x/listed.gz", content: listed },
    ];
    expect(told([...both, lists])).toEqual(["private-key in own"]);
    expect(told(both)).toEqual(["private-key in own", "private-key in listed"]);
    expect(told([{ path: "usr/local/share/listed.gz", content: listed }, lists])).toEqual([
      "private-key in listed",
    ]);
  });

  test("at once where more than LIMITS.heldArchiveBytes wait for the lists", () => {
    const packed = Buffer.concat([gzipSync(KEY), Buffer.alloc(LIMITS.secretFileBytes - 4_096)]);
    const entries = Array.from(
      { length: LIMITS.heldArchiveBytes / LIMITS.secretFileBytes + 2 },
      (_, index) => ({
        path: `usr/share/doc/${index}.gz`,
        content: packed,
      }),
    );
    const found = secretsOf(entries).found.map(({ entry }) => entry);
    expect(found.slice(0, 2)).toEqual([entries.length - 2, entries.length - 1]);
    expect(found).toHaveLength(entries.length);
  });

  test("what was not is told", () => {
    const packed = Buffer.from("7z\xbc\xaf\x27\x1c", "latin1");
    const { unsearched } = secretsOf([
      { path: "app/a.7z", content: packed },
      { path: "app/b.zip", content: zipOf([{ name: "in.7z", content: packed }]) },
    ]);
    expect(unsearched).toEqual([
      { entry: 0, why: "7z" },
      { entry: 1, inside: "in.7z", why: "7z" },
    ]);
  });

  test("a large xz is not unpacked, but known by its hash", () => {
    const content = Buffer.concat([
      Buffer.from("\xfd7zXZ\0\0\x04", "latin1"),
      Buffer.alloc(LIMITS.xzFileBytes),
    ]);
    const sha256 = createHash("sha256").update(content).digest("hex");
    expect(secretsOf([{ path: "usr/src/php.tar.xz", content }]).unsearched).toEqual([
      { entry: 0, why: "too-much", sha256 },
    ]);
  });

  test("what is left of the layer once more places than secretMatchesPerLayer were compared", () => {
    const text = "password=\n".repeat(LIMITS.secretMatchesPerLayer / 4);
    const entries = [0, 1, 2, 3, 4].map((at) => ({ path: `app/${at}.env`, content: text }));
    const last = [
      { path: "app/none.txt", content: "nothing" },
      { path: "app/one.env", content: `A=glpat-${noise(20)}` },
    ];
    const { found, unsearched } = secretsOf([...entries, ...last]);
    expect(found).toEqual([]);
    expect(unsearched.map(({ entry, why }) => `${entry} ${why}`)).toEqual([
      "4 too-many-matches",
      "6 too-many-matches",
    ]);
    expect(secretsOf([...entries.slice(2), ...last])).toMatchObject({
      found: [{ kind: "gitlab-token" }],
      unsearched: [],
    });
  });

  test("as many as the bound; what is more is counted", () => {
    const entries = Array.from({ length: LIMITS.unsearchedPerLayer + 3 }, (_, index) => ({
      path: `app/${index}.7z`,
      content: Buffer.from("7z\xbc\xaf\x27\x1c", "latin1"),
    }));
    const { unsearched, others } = secretsOf(entries);
    expect([unsearched.length, others]).toEqual([LIMITS.unsearchedPerLayer, 3]);
  });
});

describe("however long", () => {
  const line = "nothing to see here, but lines of text\n";
  const before = line.repeat(80_000);

  test("a text: the line is right", () => {
    const { found } = secretsOf([{ path: "app/long.log", content: `${before}${KEY}${before}` }]);
    expect(found).toMatchObject([{ kind: "private-key", line: 80_001 }]);
  });

  test.each([-40, -20, -3, 0, 5])("a key across a piece's end, %s bytes away", (shift) => {
    for (const piece of [100_000, 1024 ** 2, 2 * 1024 ** 2]) {
      const lead = 20 * piece + shift - 512;
      const content = Buffer.concat([
        Buffer.alloc(lead % (3 * 1024 ** 2)),
        Buffer.from(KEY),
        Buffer.alloc(1_500_000),
      ]);
      expect(told([{ path: "usr/lib/x/data.bin", content }])).toEqual(["private-key"]);
    }
  });

  test("two keys that follow each other, and one far behind, in a program", () => {
    const second = KEY.replace("MIG", "MIH");
    const content = Buffer.concat([
      Buffer.from("\x7fELF\x02\0"),
      Buffer.alloc(1_100_000),
      Buffer.from(`${KEY}${second}`),
      Buffer.alloc(900_000),
      Buffer.from(`${KEY} `),
    ]);
    expect(told([{ path: "app/server", content }])[0]).toBe("private-key");
  });
});

describe("a key where packages install", () => {
  const test1 = (path: string, ...others: readonly TarEntry[]) => told([{ path, content: KEY }, ...others]);
  const manifest = (fields: object) => JSON.stringify({ name: "pem", version: "1.0.0", ...fields }, null, 2);
  const npm = (fields: object = {}) => ({
    path: "app/node_modules/pem/package.json",
    content: manifest(fields),
  });
  const note = (name: string) => [`private-key (${name})`];

  test.each<[string, string, TarEntry, string]>([
    ["npm", "app/node_modules/pem/test/key.pem", npm(), "pem"],
    [
      "npm, of a scope",
      "app/node_modules/@a/b/test/key.pem",
      {
        path: "app/node_modules/@a/b/package.json",
        content: '{"name":"@a/b","version":"1.0.0","license":"MIT"}',
      },
      "@a/b",
    ],
    [
      "dpkg",
      "usr/lib/python3/dist-packages/twisted/test/key.pem",
      { path: "var/lib/dpkg/info/python3-twisted.md5sums", content: `${sum("md5", "hex")}  usr/lib/x\n` },
      "python3-twisted",
    ],
    [
      "apk",
      "usr/lib/python3.12/test/key.pem",
      {
        path: "lib/apk/db/installed",
        content: `P:busybox\nV:1\n\nP:python3-tests\nV:1\nF:usr\nR:key.pem\nZ:Q1${sum("sha1", "base64")}\n`,
      },
      "python3-tests",
    ],
    [
      "pip",
      "usr/local/lib/python3.12/site-packages/tornado/test/key.pem",
      {
        path: "usr/local/lib/python3.12/site-packages/tornado-6.4.dist-info/RECORD",
        content: `tornado/test/key.pem,sha256=${sum("sha256", "base64url")},241\n`,
      },
      "tornado-6.4",
    ],
    [
      "RubyGems",
      "usr/local/bundle/gems/httpclient-2.8.3/test/server.pem",
      {
        path: "usr/local/bundle/specifications/httpclient-2.8.3.gemspec",
        content: "Gem::Specification.new\n",
      },
      "httpclient-2.8.3",
    ],
    [
      "Composer",
      "app/vendor/guzzle/guzzle/tests/key.pem",
      { path: "app/vendor/guzzle/guzzle/composer.json", content: '{"name": "guzzle/guzzle"}' },
      "guzzle/guzzle",
    ],
    [
      "Python's own",
      "usr/local/lib/python3.12/test/certdata/key.pem",
      { path: "usr/local/lib/python3.12/LICENSE.txt", content: "PSF\n" },
      "Python",
    ],
    [
      "Go's own",
      "usr/local/go/src/crypto/tls/testdata/key.pem",
      { path: "usr/local/go/VERSION", content: "go1.24\n" },
      "Go",
    ],
  ])("is the package's own test, by what came with it: %s", (_, path, list, name) => {
    expect(test1(path, list)).toEqual(note(name));
    // The list may also precede the file; without a list, the key is reported.
    expect(told([list, { path, content: KEY }])).toEqual(note(name));
    expect(test1(path)).toEqual(["private-key"]);
  });

  test.each<[string, string, readonly TarEntry[]]>([
    ["no package's folder", "app/node_modules/key.pem", [npm()]],
    ["a cache beside packages", "app/node_modules/.cache/test/key.pem", [npm()]],
    ["no folder of tests", "app/node_modules/pem/key.pem", [npm()]],
    ["a package of the same repository", "app/node_modules/pem/test/key.pem", [npm({ private: true })]],
    ["a package of another name", "app/node_modules/pem/test/key.pem", [npm({ name: "other" })]],
    ["a folder in vendor without a manifest", "app/vendor/acme/keys/test/key.pem", []],
    ["an application's folder in /usr/share", "usr/share/team/test/key.pem", []],
    [
      "content that no list knows",
      "usr/lib/python3/dist-packages/x/test/key.pem",
      [{ path: "var/lib/dpkg/info/x.md5sums", content: `${"0".repeat(32)}  usr/lib/x\n` }],
    ],
    [
      "what pip took from a folder",
      "usr/lib/python3/site-packages/x/tests/key.pem",
      [
        {
          path: "usr/lib/python3/site-packages/x-1.dist-info/RECORD",
          content: `a,sha256=${sum("sha256", "base64url")},1\n`,
        },
        { path: "usr/lib/python3/site-packages/x-1.dist-info/direct_url.json", content: "{}" },
      ],
    ],
  ])("is a secret in %s", (_, path, others) => {
    expect(test1(path, ...others)).toEqual(["private-key"]);
  });

  test("is a secret where the manifest came in another layer: a later step added it", () => {
    expect(
      secretsOf([{ path: "app/node_modules/pem/test/key.pem", content: KEY }]).found[0]?.testOf,
    ).toBeUndefined();
  });
});

describe("a key in a compiled module of Python", () => {
  const folder = "usr/local/lib/python3.12/site-packages";
  const source = { path: `${folder}/ecdsa/test_keys.py`, content: `PEM = """${KEY}"""\n` };
  const record = {
    path: `${folder}/ecdsa-0.19.1.dist-info/RECORD`,
    content: `ecdsa/test_keys.py,sha256=${sum("sha256", "base64url", source.content)},${source.content.length}\necdsa/__pycache__/test_keys.cpython-312.pyc,,\n`,
  };
  const compiled = (...keys: readonly string[]) => ({
    path: `${folder}/ecdsa/__pycache__/test_keys.cpython-312.pyc`,
    content: Buffer.from(`\xcb\r\r\n\0\0\0\0z${keys.join("Nz")}N`, "latin1"),
  });

  test("is its listed source's, in whatever order they lie", () => {
    const known = "private-key (ecdsa-0.19.1)";
    expect(told([record, compiled(KEY), source])).toEqual([known, known]);
    expect(told([source, compiled(KEY), record])).toEqual([known, known]);
  });

  test.each<[string, readonly TarEntry[], number]>([
    ["whose source no list names", [compiled(KEY), source], 2],
    ["whose source is not there", [record, compiled(KEY)], 1],
    ["whose source was changed", [record, compiled(KEY), { ...source, content: `${source.content}#` }], 2],
    ["that holds another key, too", [record, compiled(KEY, SEC1_KEY), source], 2],
    [
      "that a forged list names, without a source",
      [
        {
          path: record.path,
          content: `ecdsa/__pycache__/test_keys.cpython-312.pyc,sha256=${sum("sha256", "base64url", compiled(KEY).content)},1\n`,
        },
        { ...compiled(KEY), path: `${folder}/ecdsa/__pycache__/keys.cpython-312.pyc` },
      ],
      1,
    ],
    [
      "whose listed source is no test",
      [
        { path: record.path, content: record.content.replaceAll("test_keys", "keys") },
        { ...source, path: `${folder}/ecdsa/keys.py` },
        { ...compiled(KEY), path: `${folder}/ecdsa/__pycache__/keys.cpython-312.pyc` },
      ],
      2,
    ],
  ])("is a secret in a module %s", (_, entries, count) => {
    expect(told(entries).filter((one) => one === "private-key")).toHaveLength(count);
  });
});

describe("a hard link of the application to a package's file", () => {
  const entries = [
    {
      path: "app/node_modules/pem/package.json",
      content: '{"name":"pem","version":"1.0.0","license":"MIT"}',
    },
    { path: "app/node_modules/pem/test/key.pem", content: KEY },
    { path: "app/node_modules/pem/test/key.js", content: KEY },
    { path: "app/node_modules/pem/config.yaml", content: "password: Hiver2024!\n" },
  ];

  test("is a secret when it is a key; code was not searched for anything else", () => {
    const { found, unsearched } = secretsOf([
      ...entries,
      { path: "srv/tls.key", hardLink: "app/node_modules/pem/test/key.pem" },
      { path: "srv/tls.js", hardLink: "app/node_modules/pem/test/key.js" },
    ]);
    expect(found).toMatchObject([{ kind: "private-key" }, { kind: "private-key" }]);
    expect(found.map(({ testOf }) => testOf)).toEqual([undefined, undefined]);
    expect(unsearched).toEqual([{ entry: 5, why: "linked" }]);
  });

  test("is a secret when it is a setting", () => {
    const link = { path: "srv/config.yaml", hardLink: "app/node_modules/pem/config.yaml" };
    expect(told([...entries.slice(0, 1), ...entries.slice(3)])).toEqual([]);
    expect(told([...entries.slice(0, 1), ...entries.slice(3), link])).toEqual(["named-secret"]);
  });

  test("is nothing between packages, or between an application's files", () => {
    const { found, unsearched } = secretsOf([
      ...entries,
      { path: "root/.local/share/pnpm/store/v3/files/ab", hardLink: "app/node_modules/pem/test/key.pem" },
      { path: "app/a", content: "x" },
      { path: "app/b", hardLink: "app/a" },
    ]);
    expect(found).toMatchObject([{ testOf: "pem" }, { testOf: "pem" }]);
    expect(unsearched).toEqual([]);
  });
});

describe("what is packed where packages install", () => {
  const packed = Buffer.from("7z\xbc\xaf\x27\x1c", "latin1");
  const path = "usr/share/doc/x/data.7z";

  test("is the package's by its hash, and need not be looked into", () => {
    const list = {
      path: "var/lib/dpkg/info/x.md5sums",
      content: `${sum("md5", "hex", packed.toString("latin1"))}  x\n`,
    };
    const md5 = createHash("md5").update(packed).digest("hex");
    expect(
      secretsOf([
        { path, content: packed },
        { ...list, content: `${md5}  x\n` },
      ]).unsearched,
    ).toEqual([]);
    expect(secretsOf([{ path, content: packed }]).unsearched).toHaveLength(1);
  });
});

describe("settings in /usr/share", () => {
  const content = `password = glpat-${noise(20)}\n`;
  const path = "usr/share/team/app.ini";

  test("are an application's, unless a package brought them, or nothing can tell", () => {
    expect(told([{ path, content }])).toEqual(["gitlab-token"]);
    const md5 = createHash("md5").update(content).digest("hex");
    expect(
      told([
        { path, content },
        { path: "var/lib/dpkg/info/x.md5sums", content: `${md5}  x\n` },
      ]),
    ).toEqual([]);
    expect(
      told([
        { path, content },
        { path: "var/lib/rpm/rpmdb.sqlite", content: "SQLite" },
      ]),
    ).toEqual([]);
  });
});

describe("what archives of the application hold", () => {
  const selectors = [
    { suffixes: [".yml"], packed: true as const, content: 3 },
    { names: ["x"], packed: true as const },
  ];
  const zip = (names: readonly string[]) => zipOf(names.map((name) => ({ name, content: "a: 1\n" })));

  test("members that are asked for are kept, as far as they are asked for", () => {
    const { packed } = secretsOf([{ path: "app/a.jar", content: zip(["a.yml", "b.txt", "x"]) }], selectors);
    expect(packed.members).toEqual([
      { entry: 0, inside: "a.yml", size: 5, text: "a: ", cutAt: 3 },
      { entry: 0, inside: "x", size: 5 },
    ]);
  });

  test.each(["usr/lib/a.jar", "app/node_modules/a/a.jar"])("but not those of /%s", (path) => {
    expect(secretsOf([{ path, content: zip(["a.yml"]) }], selectors).packed.members).toEqual([]);
  });

  test("more members than are kept are said", () => {
    const names = Array.from({ length: LIMITS.packedKeptPerLayer + 1 }, (_, index) => `${index}/x`);
    const { packed, unsearched } = secretsOf([{ path: "app/a.jar", content: zip(names) }], selectors);
    expect(packed.members).toHaveLength(LIMITS.packedKeptPerLayer);
    expect(unsearched).toMatchObject([{ why: "too-much" }]);
  });

  test("more databases than are told are said", () => {
    const files = Array.from({ length: LIMITS.databasesPerLayer + 1 }, (_, index) => ({
      path: `app/${index}`,
      content: "SQLite format 3\0",
    }));
    const { databases, unsearched } = secretsOf(files);
    expect(databases).toHaveLength(LIMITS.databasesPerLayer);
    expect(unsearched).toMatchObject([{ why: "too-much" }]);
  });
});

test("addresses of one environment in bundles are kept up to LIMITS.inlinedPerLayer, which is said", () => {
  const bundle = (at: number) => ({
    path: `srv/www/assets/index-${at}.js`,
    content: 'const a="https://api.recette.corp.fr/v1";',
  });
  const of = (count: number) => secretsOf(Array.from({ length: count }, (_, at) => bundle(at)));
  expect(of(3).inlined).toHaveLength(3);
  const many = of(LIMITS.inlinedPerLayer + 1);
  expect(many.inlined).toHaveLength(LIMITS.inlinedPerLayer);
  expect(many.unsearched).toEqual([{ entry: LIMITS.inlinedPerLayer, why: "too-much" }]);
});

describe("what a file is besides its content", () => {
  const token = checkedToken("ghp_");

  test.each<[string, TarEntry, string[]]>([
    ["its name", { path: `app/${token}`, content: "" }, ["github-token"]],
    ["a folder's name", { path: `app/${token}/`, type: "directory" }, ["github-token"]],
    ["a hard link's name", { path: `app/${token}`, hardLink: "app/a" }, ["github-token"]],
    ["what it links to", { path: "app/b", type: "symlink", link: `/run/${token}` }, ["github-token"]],
    [
      "an extended attribute",
      { path: "app/b", content: "b", xattrs: { "user.token": Buffer.from(token) } },
      ["github-token in user.token"],
    ],
    [
      "an attribute of a folder of packages",
      { path: "app/node_modules/x/b", content: "b", xattrs: { "user.token": Buffer.from(token) } },
      ["github-token in user.token"],
    ],
    ["trap: a package's file", { path: `app/node_modules/x/${token}`, content: "" }, []],
    [
      "trap: an attribute of the kernel's",
      { path: "app/b", content: "b", xattrs: { "trusted.token": Buffer.from(token) } },
      [],
    ],
  ])("%s", (_, entry, found) => {
    expect(told([{ path: "app/a", content: "a" }, entry])).toEqual(found);
  });

  test("a folder's name is told once, whatever lies below", () => {
    const files = ["a", "b", "c"].map((name) => ({ path: `app/${token}/${name}`, content: "" }));
    expect(told(files)).toEqual(["github-token"]);
  });
});

describe("an application's compiled module", () => {
  const [one, other] = [
    `DB = "redis://a:k9X${noise(20)}@redis.corp.fr"\n`,
    `DB = "redis://a:q7Z${noise(20)}@redis.corp.fr"\n`,
  ];
  const compiled = (text: string): Buffer =>
    Buffer.from(`\xcb\r\r\n${"\0".repeat(12)}z\x20${text}N`, "latin1");
  const pyc = "app/__pycache__/settings.cpython-312.pyc";

  test.each<[string, TarEntry[], string[]]>([
    ["of a source that is gone", [{ path: pyc, content: compiled(one) }], ["url-password"]],
    [
      "beside its source",
      [
        { path: "app/settings.py", content: one },
        { path: pyc, content: compiled(one) },
      ],
      ["url-password"],
    ],
    [
      "before its source",
      [
        { path: pyc, content: compiled(one) },
        { path: "app/settings.py", content: one },
      ],
      ["url-password"],
    ],
    [
      "of an earlier source",
      [
        { path: "app/settings.py", content: other },
        { path: pyc, content: compiled(one) },
      ],
      ["url-password", "url-password"],
    ],
    [
      "of another module",
      [
        { path: "app/other.py", content: one },
        { path: pyc, content: compiled(one) },
      ],
      ["url-password", "url-password"],
    ],
  ])("%s", (_, entries, found) => {
    expect(told(entries)).toEqual(found);
  });
});

describe("a secret in the code of an application that was installed as a package", () => {
  const folder = "usr/local/lib/python3.12/site-packages";
  const content = `JWT_SECRET = "${noise(40)}"\n`;
  const record = {
    path: `${folder}/portail-1.0.dist-info/RECORD`,
    content: `portail/auth.py,sha256=${sum("sha256", "base64url", content)},${content.length}\n`,
  };
  const module = { path: `${folder}/portail/auth.py`, content };

  test.each<[string, readonly TarEntry[]]>([
    [
      "pip install .",
      [record, module, { path: `${folder}/portail-1.0.dist-info/direct_url.json`, content: "{}" }],
    ],
    ["without a list", [module]],
    [
      "npm install --global, of a private package",
      [
        {
          path: "usr/local/lib/node_modules/portail/package.json",
          content: '{"name": "portail", "version": "1.0.0", "private": true}',
        },
        {
          path: "usr/local/lib/node_modules/portail/server.js",
          content: `const jwtSecret = "${noise(40)}";\n`,
        },
      ],
    ],
    ["a folder of the distribution", [{ path: "usr/lib/portail/auth.py", content }]],
    ["a shared folder", [{ path: "usr/share/portail/auth.py", content }]],
  ])("%s", (_, entries) => {
    expect(told(entries)).toEqual(["named-secret"]);
  });

  test.each<[string, readonly TarEntry[]]>([
    ["a package of PyPI, by its list", [record, module]],
    [
      "a package of Debian, by its list",
      [
        { path: "usr/lib/portail/auth.py", content },
        {
          path: "var/lib/dpkg/info/portail.md5sums",
          content: `${sum("md5", "hex", content)}  usr/lib/portail/auth.py\n`,
        },
      ],
    ],
    [
      "a published package of npm",
      [
        {
          path: "usr/local/lib/node_modules/outil/package.json",
          content: '{"name": "outil", "version": "1.0.0", "license": "MIT"}',
        },
        {
          path: "usr/local/lib/node_modules/outil/server.js",
          content: `const jwtSecret = "${noise(40)}";\n`,
        },
      ],
    ],
  ])("is none in %s", (_, entries) => {
    expect(told(entries)).toEqual([]);
  });
});

describe("code of a package of npm", () => {
  const CODE = `exports.jwtSecret = "${noise(24)}";\n`;
  const LICENSED = '{"name":"@team/portal","version":"1.0.0","license":"MIT"}';
  const OWN = LICENSED.replace("MIT", "UNLICENSED");
  const folder = "app/node_modules/@team/portal";
  const manifest = (content: string) => ({ path: `${folder}/package.json`, content });
  const code = { path: `${folder}/index.js`, content: CODE };

  test.each<[string, readonly TarEntry[], readonly string[]]>([
    ["before its manifest", [code, manifest(OWN)], ["named-secret"]],
    ["after its manifest", [manifest(OWN), code], ["named-secret"]],
    ["without a manifest", [code], ["named-secret"]],
    ["before the manifest of a published package", [code, manifest(LICENSED)], []],
    ["after the manifest of a published package", [manifest(LICENSED), code], []],
    [
      "that comes with Node",
      [{ path: "usr/local/lib/node_modules/npm/node_modules/a/index.js", content: CODE }],
      [],
    ],
    ["in TypeScript", [manifest(OWN), { path: `${folder}/index.ts`, content: CODE }], ["named-secret"]],
    ["in declarations", [manifest(OWN), { path: `${folder}/index.d.ts`, content: CODE }], []],
    [
      "that Go vendors from a host of the team",
      [{ path: "app/vendor/git.corp.fr/team/x/keys.go", content: `const apiSecret = "${noise(24)}"\n` }],
      ["named-secret"],
    ],
    [
      "that Go vendors from a public host",
      [{ path: "app/vendor/github.com/team/x/keys.go", content: `const apiSecret = "${noise(24)}"\n` }],
      [],
    ],
    [
      "beside the packages",
      [{ path: "app/node_modules/settings-of-all.js", content: CODE }],
      ["named-secret"],
    ],
    [
      "that Composer wrote",
      [{ path: "app/vendor/composer/x.php", content: `<?php $apiSecret = "${noise(24)}";` }],
      [],
    ],
    [
      "above one mebibyte, after its manifest",
      [manifest(OWN), { ...code, content: `${" ".repeat(1024 ** 2)}${CODE}` }],
      ["named-secret"],
    ],
  ])("%s", (_, entries, kinds) => {
    expect(secretsOf(entries).found.map(({ kind }) => kind)).toEqual(kinds);
  });

  const long = { path: `${folder}/dist/a.js`, content: "x".repeat(900_000) };
  const longer = { path: `${folder}/dist/b.js`, content: "y".repeat(900_000) };

  test("that was too much to be held is named if the package is the application's own", () => {
    const { unsearched } = secretsOf([long, longer, manifest(OWN)]);
    expect(unsearched).toEqual([{ entry: 1, why: "too-much" }]);
    expect(secretsOf([long, longer]).unsearched).toEqual([{ entry: 1, why: "too-much" }]);
    expect(secretsOf([long, longer, manifest(LICENSED)]).unsearched).toEqual([]);
  });

  test.each([
    ["https://registry.npmjs.org/@team/portal/-/portal-1.0.0.tgz", []],
    ["file:packages/portal", ["named-secret"]],
  ])("that npm took from %s", (resolved, kinds) => {
    const packages = { "node_modules/@team/portal": { version: "1.0.0", resolved } };
    const record = { path: "app/node_modules/.package-lock.json", content: JSON.stringify({ packages }) };
    expect(secretsOf([record, code]).found.map(({ kind }) => kind)).toEqual(kinds);
  });

  test("without a scope, from elsewhere, is a published package's", () => {
    const packages = {
      "node_modules/a": { version: "1.0.0", resolved: "https://nexus.corp.fr/a-1.0.0.tgz" },
    };
    const record = { path: "app/node_modules/.package-lock.json", content: JSON.stringify({ packages }) };
    expect(secretsOf([record, { path: "app/node_modules/a/index.js", content: CODE }]).found).toEqual([]);
  });
});
