import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { NO_PACKAGES, sbomFacts } from "../../../test/fixtures/sbom-facts.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import type { HidingFacts, ImagePackages, UnreadPackages } from "../../contract/package-facts.ts";
import { packagesRead } from "./2.2-packages-read.ts";

function check(packages: Partial<ImagePackages>) {
  return checkRule(packagesRead, { sbom: sbomFacts({ packages: { ...NO_PACKAGES, ...packages } }) });
}

const at = { path: "/app/package.json", layer: 0, cataloger: "node-modules" };

test("everything read: a pass that counts each package once", () => {
  const component = { ...at, type: "npm", name: "a", version: "1" } as const;
  const executables = { count: 3, bytes: 1_000, unowned: 1, unownedBytes: 50, largestUnowned: [] };
  expect(check({ components: [component, component], executables })).toEqual({
    status: "pass",
    proof: {
      fr: "paquets relevés : 1 ; programmes, bibliothèques et jars rattachés à l'un d'eux : 2 sur 3",
      en: "packages read: 1; programs, libraries and jars that belong to one of them: 2 of 3",
    },
    notes: [],
  });
});

test("lists that were not read: unproven, the first of them named", () => {
  const unread: readonly UnreadPackages[] = (["damaged", "too-long", "form", "packed"] as const).map(
    (why) => ({
      ...at,
      ...(why === "damaged" ? { inside: "BOOT-INF/lib/a.jar" } : {}),
      why,
    }),
  );
  expect(check({ unread })).toMatchObject({
    status: "unproven",
    reason: {
      fr: expect.stringContaining("et 1 autre"),
      en: "packages not read: /app/package.json!/BOOT-INF/lib/a.jar (damaged), /app/package.json (too large to be read), /app/package.json (of a form that is not read) and 1 other",
    },
  });
});

test("a bundle that the image starts: unproven, and what describes it", () => {
  const bundle = { path: "/app/server.js", layer: 1, cataloger: "javascript-bundle", why: "bundle" } as const;
  expect(check({ unread: [bundle] })).toMatchObject({
    status: "unproven",
    reason: {
      fr: "paquets non relevés : /app/server.js (bundle JavaScript que l'image lance)",
      en: "packages not read: /app/server.js (a JavaScript bundle that the image starts)",
    },
    settle: { en: expect.stringContaining("an SBOM that names this file") },
  });
  expect(check({ unread: [bundle, { ...bundle, why: "form" }] })).toMatchObject({
    settle: { en: expect.stringContaining("Remove these files from the image") },
  });
});

test("a list that a later layer took away: unproven, with what it stated and who took it", () => {
  const hiding: HidingFacts = {
    path: "/var/lib/dpkg/status",
    layer: 0,
    cataloger: "dpkg",
    packages: 87,
    names: ["libc6", "openssl"],
    by: { layer: 2, way: "deleted" },
  };
  expect(check({ hidings: [hiding, hiding] })).toMatchObject({
    status: "unproven",
    reason: {
      en: "the list of packages /var/lib/dpkg/status (87 packages: libc6, openssl…) is deleted by layer 3, while their files stay and 1 other",
    },
  });
});

test("executables that nobody owns: unproven above 5 % of their bytes, the largest named", () => {
  const largestUnowned = [{ path: "/opt/agent", layer: 1, bytes: 3 * 1024 ** 2, kind: "program" as const }];
  const executables = { count: 10, bytes: 1_000, unowned: 1, unownedBytes: 51, largestUnowned };
  expect(check({ executables })).toMatchObject({
    status: "unproven",
    reason: { en: "6 % of the executable bytes are not owned by any package: /opt/agent (3.0 MiB)" },
  });
});

test("below that share they are a note, and what the image starts is unproven all the same", () => {
  const at = (path: string, kind: "program" | "jar" = "program") => ({
    path,
    layer: 1,
    bytes: 1024 ** 2,
    kind,
  });
  const of = (largestUnowned: readonly ReturnType<typeof at>[]) => ({
    count: 50,
    bytes: 1024 ** 3,
    unowned: largestUnowned.length,
    unownedBytes: 1024 ** 2,
    largestUnowned,
  });
  const judged = (image: Partial<ImageFacts>, ...paths: readonly string[]) =>
    checkRule(packagesRead, {
      sbom: sbomFacts({ packages: { ...NO_PACKAGES, executables: of(paths.map((path) => at(path))) } }),
      image: asMasked({ ...imageFacts(), ...image }),
    });
  const program = (...files: readonly string[]) => ({
    argv: files,
    path: "/bin",
    steps: files.map((file) => ({ name: file, file })),
  });
  const others = ["/a", "/b", "/c", "/opt/agent"];
  expect(judged({ program: program("/entry.sh", "/app/server") }, ...others)).toMatchObject({
    status: "pass",
    notes: [
      {
        message: {
          fr: "n'appartient à aucun paquet : /a (1.0 MiB), /b (1.0 MiB), /c (1.0 MiB) et 1 autre",
          en: "not owned by any package: /a (1.0 MiB), /b (1.0 MiB), /c (1.0 MiB) and 1 other",
        },
      },
    ],
  });
  const reason = {
    en: "the image starts programs that no package owns and that do not state their own packages: /opt/agent (1.0 MiB)",
  };
  expect(judged({ program: program("/entry.sh", "/opt/agent") }, ...others)).toMatchObject({
    status: "unproven",
    reason,
  });
  const dotnet = { ...program("/usr/bin/dotnet"), argv: ["dotnet", "portal.dll"] };
  const { config } = imageFacts({ config: { workingDir: "/app/" } });
  expect(judged({ program: dotnet, config }, "/app/portal.dll").status).toBe("unproven");
  expect(judged({ program: dotnet, config }, "/srv/portal.dll").status).toBe("pass");
  const overridden = [{ ...program("/opt/agent"), workingDir: "/" }];
  expect(judged({ program: program("/x"), overridden }, ...others)).toMatchObject({
    status: "unproven",
    reason,
  });
  expect(check({ executables: of([at("/opt/agent")]) }).status).toBe("pass");
});

test("a layer that was not read: unproven", () => {
  const image = imageFacts({ layers: [{ unread: { fr: "étrangère", en: "foreign" } }] });
  expect(checkRule(packagesRead, { sbom: sbomFacts(), image }).status).toBe("unproven");
  expect(checkRule(packagesRead, { sbom: sbomFacts(), image: imageFacts() }).status).toBe("pass");
});

test("archives that do not say what they are, and foreign repositories, are notes", () => {
  const unidentified = [{ path: "/app/x.jar", layer: 0, cataloger: "java" }];
  const repositories = [
    { path: "/etc/apt/sources.list", layer: 0, manager: "apt" as const, address: "apt.example.org/x" },
  ];
  expect(check({ unidentified, repositories })).toMatchObject({
    status: "pass",
    notes: [
      { message: { en: "archive whose content could not be identified: /app/x.jar" } },
      { message: { en: expect.stringContaining("third-party apt repository: apt.example.org/x") } },
    ],
  });
});

test("libraries that auditwheel copied are a note that names their folder", () => {
  const path = "/usr/lib/python3/dist-packages/numpy.libs/libopenblas-1a.so";
  const unidentified = [{ path, layer: 0, cataloger: "wheel-libraries" }];
  expect(check({ unidentified })).toMatchObject({
    status: "pass",
    notes: [
      {
        message: {
          fr: expect.stringContaining("/usr/lib/python3/dist-packages/numpy.libs/ ;"),
          en: expect.stringContaining("/usr/lib/python3/dist-packages/numpy.libs/;"),
        },
      },
    ],
  });
});

test("two files that contradict each other about the distribution: unproven, with what each says", () => {
  const osConflict = [
    { system: "debian 11", path: "/usr/lib/os-release", layer: 1 },
    { system: "debian 12", path: "/var/lib/dpkg/status", layer: 0 },
  ];
  expect(check({ osConflict })).toMatchObject({
    status: "unproven",
    reason: {
      fr: "la distribution de l'image n'est pas établie, car deux fichiers se contredisent : debian 11 (/usr/lib/os-release, couche 2), debian 12 (/var/lib/dpkg/status, couche 1)",
      en: "the image's distribution is not established, as two files contradict each other: debian 11 (/usr/lib/os-release, layer 2), debian 12 (/var/lib/dpkg/status, layer 1)",
    },
  });
});
