import { describe, expect, test } from "vitest";
import type { PackageFacts } from "../../contract/package-facts.ts";
import { storePath } from "../../evidence/layers/packages/store-path.ts";
import { CatalogerIndex } from "./cataloger-index.ts";

const INDEX = new CatalogerIndex();

/** Packages of a file with this path and content; undefined if no cataloger reads it. */
function stated(path: string, content: string): readonly PackageFacts[] | undefined {
  return INDEX.of(path)?.packages({ path, bytes: Buffer.from(content) });
}

describe("dpkg", () => {
  const STATUS = "/var/lib/dpkg/status";

  test("states packages with what they were built from, where that differs", () => {
    const text = [
      "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nSource: glibc\nVersion: 2.41-12\nDescription: x\n more\n .\n Package: no",
      "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 5.2.37-2+b10\nSource: bash (5.2.37-2)\n",
      "Package: tzdata\nStatus: hold ok half-configured\nArchitecture: all\nVersion: 2026a-1\n",
    ].join("\n\n");
    expect(stated(STATUS, text)).toEqual([
      {
        type: "deb",
        name: "libc6",
        version: "2.41-12",
        architecture: "amd64",
        source: { name: "glibc", version: "2.41-12" },
      },
      {
        type: "deb",
        name: "bash",
        version: "5.2.37-2+b10",
        architecture: "amd64",
        source: { name: "bash", version: "5.2.37-2" },
      },
      { type: "deb", name: "tzdata", version: "2026a-1", architecture: "all" },
    ]);
  });

  test.each(["deinstall ok config-files", "purge ok not-installed"])("%s is not there", (status) => {
    expect(stated(STATUS, `Package: a\nStatus: ${status}\nVersion: 1\n`)).toEqual([]);
  });

  test("files of status.d need no status, and its sums are none", () => {
    expect(stated("/var/lib/dpkg/status.d/base", "Package: base-files\nVersion: 13\n")).toEqual([
      { type: "deb", name: "base-files", version: "13" },
    ]);
    expect(stated("/var/lib/dpkg/status.d/base.md5sums", "x")).toBeUndefined();
  });

  test("what is no status is an error, not an empty list", () => {
    expect(() => stated(STATUS, "Version: 1\n")).toThrow("without Package");
    expect(() => stated(STATUS, "Package: a\nStatus: install ok installed\n")).toThrow("without Version");
  });

  test("a status of something else is not read", () => {
    expect(stated("/app/status", "Package: a\nVersion: 1\n")).toBeUndefined();
  });
});

test("apk states its packages with their origin", () => {
  const text =
    "C:Q1x\nP:libcrypto3\nV:3.5.0-r0\nA:x86_64\nL:Apache-2.0\no:openssl\nF:usr\nR:a\n\nP:musl\nV:1.2.5-r10\nA:x86_64\nL:MIT\no:musl\n\n";
  const expected = [
    {
      type: "apk",
      name: "libcrypto3",
      version: "3.5.0-r0",
      architecture: "x86_64",
      source: { name: "openssl", version: "3.5.0-r0" },
      licenses: ["Apache-2.0"],
    },
    { type: "apk", name: "musl", version: "1.2.5-r10", architecture: "x86_64", licenses: ["MIT"] },
  ];
  expect(stated("/lib/apk/db/installed", text)).toEqual(expected);
  expect(stated("/usr/lib/apk/db/installed", text)).toEqual(expected);
  expect(() => stated("/lib/apk/db/installed", "F:usr\n")).toThrow("without name");
  expect(() => stated("/lib/apk/db/installed", "\u{0}\u{1}")).toThrow("no paragraph");
  expect(stated("/lib/apk/db/installed", "\n")).toEqual([]);
});

describe("node_modules", () => {
  const MANIFEST = '{"name": "@babel/core", "version": "7.28.0", "license": "MIT"}';

  test.each([
    "/app/node_modules/@babel/core/package.json",
    "/node_modules/a/node_modules/@babel/core/package.json",
    "/app/node_modules/.pnpm/@babel+core@7.28.0/node_modules/@babel/core/package.json",
  ])("%s is a package's", (path) => {
    expect(stated(path, MANIFEST)).toEqual([
      { type: "npm", namespace: "@babel", name: "core", version: "7.28.0", licenses: ["MIT"] },
    ]);
  });

  test.each<[string, string, object]>([
    ["another name than its folder's", '{"name":"my-lodash","version":"4.17.15"}', { alias: "lodash" }],
    ["its name written otherwise", '{"name":"Lodash","version":"4.17.15"}', { alias: "lodash" }],
    [
      "another scope",
      '{"name":"@x/lodash","version":"4.17.15"}',
      { namespace: "@x", name: "lodash", alias: "lodash" },
    ],
    ["no version", '{"name":"lodash"}', { version: "" }],
    ["a version that is no text", '{"name":"lodash","version":4}', { version: "" }],
    ["no name", '{"version":"4.17.15"}', { name: "lodash" }],
    ["a name that is no text", '{"name":["x"],"version":"4.17.15"}', { name: "lodash" }],
    ["nothing", '\ufeff{"type": "module"}', { name: "lodash", version: "" }],
    [
      "one name twice",
      '{"name":"lodash","a":{"name":"x"},"name":"lodash","version":"1"}',
      { name: "lodash" },
    ],
  ])("Node loads a folder by its name, and its manifest states %s", (_, manifest, expected) => {
    expect(stated("/app/node_modules/lodash/package.json", manifest)).toMatchObject([
      { type: "npm", ...expected },
    ]);
  });

  test.each([
    ['{"name":"lodash ","version":"4.17.15"}', "blanks"],
    ['{"name":"lodash","version":"4.17.15","version":"4.17.21"}', "two versions"],
    ['{"name":"lodash","version":"4.17.15","\\u0076ersion":"4.17.21"}', "two versions"],
    ['{"version" : 4, "author": {"name": "a \\"b"}, "version" : "4.17.21"}', "two versions"],
    ['{"name":"lodash","name":"x","version":"4.17.15"}', "two names"],
  ])("%s is damaged", (manifest, why) => {
    expect(() => stated("/app/node_modules/lodash/package.json", manifest)).toThrow(why);
  });

  test("parts of a package, which have a manifest for their type alone, state nothing", () => {
    expect(stated("/app/node_modules/a/dist/package.json", '{"type": "module"}')).toEqual([]);
    expect(stated("/app/node_modules/.prisma/client/package.json", '{"name": ".prisma/client"}')).toEqual([]);
  });

  test("outside node_modules, a link or its publication must say that it counts", () => {
    expect(INDEX.of("/app/package.json")?.name).toBe("node-linked");
  });

  test.each([
    "/app/node_modules/resolve/test/node_modules/a/package.json",
    "/app/node_modules/a/examples/b/package.json",
  ])("%s is none's", (path) => {
    expect(stated(path, MANIFEST)).toBeUndefined();
  });

  test("a template of a manifest is none's, though it lies in a package", () => {
    const path = "/app/node_modules/@nestjs/schematics/dist/lib/application/files/ts/package.json";
    expect(stated(path, '{"name": "<%= name %>", "version": "0.0.1"}')).toEqual([]);
    expect(stated(path, '{"name": "name", "version": "0.0.1"}')).toHaveLength(1);
  });

  test("a copy within a package is told apart", () => {
    const of = (path: string) => INDEX.of(path)?.name;
    expect(of("/app/node_modules/next/dist/compiled/a/package.json")).toBe("node-bundled");
    expect(of("/app/node_modules/@babel/package.json")).toBe("node-bundled");
    expect(of("/app/node_modules/a/package.json")).toBe("node-modules");
  });

  test.each([
    ['{"licenses": [{"type": "MIT"}, "ISC"]}', ["MIT", "ISC"]],
    ['{"license": {"name": "BSD"}}', ["BSD"]],
    ['{"license": 1}', undefined],
  ])("licences as in %s", (text, licenses) => {
    const manifest = JSON.stringify({ name: "a", version: "1.0.0", ...(JSON.parse(text) as object) });
    expect(stated("/node_modules/a/package.json", manifest)?.[0]?.licenses).toEqual(licenses);
  });

  test("one that is no JSON is an error", () => {
    expect(() => stated("/node_modules/a/package.json", "{")).toThrow(SyntaxError);
    expect(() => stated("/node_modules/a/package.json", "[]")).toThrow("no JSON object");
  });
});

describe("Python", () => {
  test.each([
    "/usr/lib/python3/dist-packages/Flask_Login-0.6.3.dist-info/METADATA",
    "/usr/lib/python3/dist-packages/Flask_Login-0.6.3.egg-info/PKG-INFO",
    "/usr/lib/python3/dist-packages/Flask_Login-0.6.3.egg-info",
    "/opt/eggs/Flask.egg/EGG-INFO/PKG-INFO",
  ])("%s", (path) => {
    const text =
      "Metadata-Version: 2.1\r\nName: Flask.Login\r\nVersion: 0.6.3\r\nLicense: MIT\r\n\r\nName: other\r\n";
    expect(stated(path, text)).toEqual([
      { type: "pypi", name: "flask-login", version: "0.6.3", licenses: ["MIT"] },
    ]);
  });

  test("an unknown licence is none, an expression goes before free text", () => {
    const of = (fields: string) =>
      stated("/a.dist-info/METADATA", `Name: a\nVersion: 1\n${fields}\n`)?.[0]?.licenses;
    expect(of("License: UNKNOWN")).toBeUndefined();
    expect(of("License:")).toBeUndefined();
    expect(of("Summary: x")).toBeUndefined();
    expect(of("License: a\nLicense-Expression:")).toBeUndefined();
    expect(
      of(
        "License: UNKNOWN\nClassifier: License :: OSI Approved\nClassifier: License :: OSI Approved :: MIT License\nClassifier: X :: Y",
      ),
    ).toEqual(["MIT License"]);
    expect(of("Summary: x Classifier: License :: OSI Approved :: MIT License")).toBeUndefined();
    expect(
      of("Classifier: License :: Public Domain\nClassifier: License :: OSI Approved :: ISC License"),
    ).toEqual(["Public Domain", "ISC License"]);
    expect(of("License: see file\nLicense-Expression: MIT OR Apache-2.0")).toEqual(["MIT OR Apache-2.0"]);
  });

  test("without a name it is an error", () => {
    expect(() => stated("/a.dist-info/METADATA", "Version: 1\n")).toThrow("no Name and Version");
    const twice = (version: string) => stated("/a.dist-info/METADATA", `Name: a\nVersion: 1\n${version}\n`);
    expect(() => twice("Version: 2")).toThrow("two of a field");
    expect(twice("Version:  1")).toHaveLength(1);
  });
});

test("gems by the specification that RubyGems wrote", () => {
  const text =
    '# -*- encoding: utf-8 -*-\nGem::Specification.new do |s|\n  s.name = "rack".freeze\n  s.version = "3.1.8".freeze\n  s.licenses = ["MIT".freeze, "Ruby".freeze]\nend\n';
  expect(stated("/usr/local/bundle/specifications/rack-3.1.8.gemspec", text)).toEqual([
    { type: "gem", name: "rack", version: "3.1.8", licenses: ["MIT", "Ruby"] },
  ]);
  expect(
    stated(
      "/x/specifications/default/json-2.9.gemspec",
      'Gem::Specification.new do |s|\n  s.name = "json"\n  s.version = Gem::Version.new("2.9")\n',
    ),
  ).toEqual([{ type: "gem", name: "json", version: "2.9" }]);
  expect(stated("/app/rack.gemspec", text)).toBeUndefined();
  expect(() => stated("/x/specifications/a-1.gemspec", "")).toThrow("no name and version");
});

test("Composer's installed packages, in both forms", () => {
  const list = [
    { name: "symfony/console", version: "v7.3.1", license: ["MIT"] },
    { name: "single", version: "dev-main" },
  ];
  const expected = [
    { type: "composer", namespace: "symfony", name: "console", version: "7.3.1", licenses: ["MIT"] },
    { type: "composer", name: "single", version: "dev-main" },
  ];
  const path = "/app/vendor/composer/installed.json";
  expect(stated(path, JSON.stringify({ packages: list }))).toEqual(expected);
  expect(stated(path, JSON.stringify(list))).toEqual(expected);
  expect(() => stated(path, "{}")).toThrow("no list of packages");
  expect(() => stated(path, '[{"version": "1"}]')).toThrow("without a name");
  for (const entry of ["null", '"a"', "[]", "7"])
    expect(() => stated(path, `[${entry}]`)).toThrow("a package without a name");
  const versions = ["v1.0", "1.0", "vendor", "V1.0", "dev-v1", undefined];
  expect(stated(path, JSON.stringify(versions.map((version) => ({ name: "a/b/c", version }))))).toEqual(
    ["1.0", "1.0", "vendor", "V1.0", "dev-v1", ""].map((version) => ({
      type: "composer",
      namespace: "a",
      name: "b/c",
      version,
    })),
  );
  const licensed = (license: unknown) =>
    stated(path, JSON.stringify([{ name: "a", license }]))?.[0]?.licenses;
  expect([licensed(["MIT", "", 7, "ISC"]), licensed([]), licensed("MIT")]).toEqual([
    ["MIT", "ISC"],
    undefined,
    undefined,
  ]);
});

test(".NET's libraries, without the application itself", () => {
  const path = "/app/web.deps.json";
  const libraries = {
    "web/1.0.0": { type: "project" },
    "Newtonsoft.Json/13.0.3": { type: "package" },
    odd: { type: "package" },
  };
  expect(stated(path, JSON.stringify({ libraries }))).toEqual([
    { type: "nuget", name: "Newtonsoft.Json", version: "13.0.3" },
  ]);
  expect(() => stated(path, "{}")).toThrow("no libraries");
});

test(".NET's runtimes, by where their libraries lie", () => {
  const at = (path: string) => stated(`/usr/share/dotnet/shared/${path}.deps.json`, '{"libraries": {}}');
  expect(at("Microsoft.NETCore.App/8.0.11/Microsoft.NETCore.App")).toEqual([
    { type: "generic", name: "dotnet", version: "8.0.11" },
  ]);
  expect(at("Microsoft.AspNetCore.App/9.0.0-rc.1/Microsoft.AspNetCore.App")).toEqual([
    { type: "generic", name: "aspnet-core", version: "9.0.0-rc.1" },
  ]);
  expect(at("Microsoft.NETCore.App/8.0.11/Other")).toEqual([]);
});

describe("Conda", () => {
  const path = "/opt/conda/envs/web/conda-meta/numpy-1.26.4-py312_0.json";

  test("states its packages by their records, with channel and build, and no more of an address", () => {
    const record = {
      name: "numpy",
      version: "1.26.4",
      build: "py312_0",
      channel: "https://conda.example.org/t/token-1/pkgs/main/linux-64",
      subdir: "linux-64",
      fn: "numpy-1.26.4-py312_0.tar.bz2",
      license: "BSD-3-Clause",
    };
    expect(stated(path, JSON.stringify(record))).toEqual([
      {
        type: "conda",
        name: "numpy",
        version: "1.26.4",
        licenses: ["BSD-3-Clause"],
        qualifiers: { build: "py312_0", channel: "main", subdir: "linux-64", type: "tar.bz2" },
      },
    ]);
    expect(stated(path, '{"name": "a", "version": "1"}')).toMatchObject([{ qualifiers: {} }]);
  });

  test("a record without a name is an error; other files beside it are none", () => {
    expect(() => stated(path, '{"version": "1"}')).toThrow("no name and version");
    expect(stated("/opt/conda/conda-meta/history", "==> 2026")).toBeUndefined();
  });
});

describe("Nix's store", () => {
  const HASH = "0c5x9yp2z1f3gh4jk5lm6npq7rsv8wy9";
  const named = (name: string) => {
    const { facts } = storePath(`/nix/store/${HASH}-${name}`) ?? {};
    return facts && [facts.name, facts.version, facts.qualifiers?.["output"]];
  };

  test.each([
    ["openssl-3.0.13", ["openssl", "3.0.13", undefined]],
    ["openssl-3.0.13-bin/bin/openssl", ["openssl", "3.0.13", "bin"]],
    ["python3.11-requests-2.31.0/lib", ["python3.11-requests", "2.31.0", undefined]],
    ["gcc-13.2.0-lib", ["gcc", "13.2.0", "lib"]],
    ["glibc-2.38-44", ["glibc", "2.38-44", undefined]],
    ["hook.sh", undefined],
    ["openssl-3.0.13.drv", undefined],
  ])("%s", (name, expected) => {
    expect(named(name)).toEqual(expected);
  });

  test("is a place of its own", () => {
    expect(storePath("/nix/store/short-openssl-3.0.13")).toBeUndefined();
    expect(storePath(`/app/nix/store/${HASH}-openssl-3.0.13`)).toBeUndefined();
    expect(storePath(`/nix/store/${HASH}-curl-8.7.1-bin/bin/curl`)).toMatchObject({
      path: `/nix/store/${HASH}-curl-8.7.1-bin`,
      facts: { type: "nix", qualifiers: { outputhash: HASH } },
    });
  });
});
