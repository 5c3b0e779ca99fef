import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadTeamSettings } from "./load.ts";
import { loadPolicy } from "./load-policy.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-settings-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const file = join(folder, "settings.yaml");
  writeFileSync(file, text);
  return file;
}

/** Ten levels of nine aliases each: 3,486,784,401 items in 400 bytes. */
function aliasesOfAliases(): string {
  const names = Array.from("abcdefghij");
  const levels = names.slice(1).map((name, index) => `${name}: &${name} [${`*${names[index]},`.repeat(9)}]`);
  return ["a: &a [x]", ...levels].join("\n");
}

describe("douane.yaml", () => {
  test("holds a team's settings", async () => {
    const text =
      "team: portail\nlang: fr\nplatform: linux/arm64\nkubernetes: '1.29'\nformats: [checklist, json=r.json]\nfailOn: refused\n";
    expect(await loadTeamSettings(written(text), "douane.yaml")).toEqual({
      team: "portail",
      lang: "fr",
      platform: "linux/arm64",
      kubernetes: "1.29",
      formats: ["checklist", "json=r.json"],
      failOn: "refused",
    });
  });

  test("says what a trial gives the application", async () => {
    const text = `trial:
  args: [serve]
  env: {LOG_LEVEL: debug}
  files: {/etc/app.yaml: "a: 1"}
  mounts: [/var/cache/app]
  ports: [8080]
  probes: [{http: {port: 8080, path: /ready}}, {tcp: {port: 8080}}, {exec: [/bin/check]}]
  warmUp: [/, /search?q=a]
  dependencies:
    - {name: db.internal, ports: [5432]}
    - {name: cache, image: redis:8}
    - name: queue
      image: oci:queue
      ports: [5672]
      env: {USER: app}
      command: [/start]
      args: [--quiet]
      ready: {exec: [/check], timeout: 90}
      memory: 2Gi
  lifetime: server
  readyTimeout: 60
  settle: 0.7
  grace: 10
  duration: 300
  replica: {variable: HTTP_PORT, port: 9000}
  memory: 512Mi
  cpu: 500m
  containers: {sidecar: {ports: [9090]}}
`;
    const { trial } = await loadTeamSettings(written(text), "douane.yaml");
    expect(trial).toMatchObject({ ports: [8080], containers: { sidecar: { ports: [9090] } }, settle: 0.7 });
    expect(Object.keys(trial ?? {})).toHaveLength(17);
  });

  test.each([
    ["trial:\n  portss: [1]\n", 'douane.yaml:2:3: unknown key "portss". Did you mean ports?'],
    ["trial:\n  ports:\n    - 70000\n", "douane.yaml:3:7: trial.ports.0 must be at most 65535, not"],
    ["trial: {ports: ['80']}\n", "trial.ports.0 must be a number, not"],
    ["trial: {ports: [8.5]}\n", "trial.ports.0 must be an integer, not"],
    ["trial: {env: {A: 1}}\n", "trial.env.A must be a text between quotes, not"],
    ["trial: {env: [A]}\n", "trial.env must be a mapping, not"],
    ["trial: {mounts: [data]}\n", "trial.mounts.0 must be an absolute path without `:`, not"],
    ["trial: {mounts: [/]}\n", "trial.mounts.0 must be an absolute path"],
    ["trial: {files: {a: b}}\n", "trial.files"],
    ["trial: {settle: 0.5}\n", "trial.settle must be at least 0.6, not"],
    ["trial: {readyTimeout: 30s}\n", 'trial.readyTimeout must be a number, not "30s"'],
    [
      "trial: {probes: [{}]}\n",
      "trial.probes.0 must be one http, tcp, grpc or exec probe, and one only, not",
    ],
    ["trial: {probes: [{grpc: {port: 9090}, tcp: {port: 9090}}]}\n", "one http, tcp, grpc or exec probe"],
    ["trial: {probes: [{grpc: {prot: 9090}}]}\n", 'unknown key "prot"'],
    ["trial: {probes: [{htp: {}}]}\n", 'unknown key "htp". Did you mean http?'],
    ["trial: {dependencies: [{name: a, ports: []}]}\n", "must be a list that is not empty, not"],
    ["trial: {dependencies: [{name: 'a b', ports: [1]}]}\n", "must be a host name, not"],
    [
      "trial: {dependencies: [{name: a}]}\n",
      "trial.dependencies.0 must be an image, or ports (open, silent), not",
    ],
    [
      "trial: {dependencies: [{name: a, ports: [1], env: {A: b}}]}\n",
      "must be env, command, args, ready, memory: with image only, not",
    ],
    ["trial: {dependencies: [{name: a, imgae: b}]}\n", 'unknown key "imgae". Did you mean image?'],
    ["trial: {dependencies: [{name: a, image: b, ready: {tcp: 1}}]}\n", 'unknown key "tcp"'],
    ["trial: {memory: lots}\n", "trial.memory must be a quantity such as 512Mi or 500m, not"],
    ["trial: {lifetime: forever}\n", "trial.lifetime must be server or batch, not"],
    ["trial: {containers: {web: {port: 1}}}\n", 'unknown key "port"'],
  ])("%j of a trial is refused with its place", async (text, says) => {
    await expect(loadTeamSettings(written(text), "douane.yaml")).rejects.toMatchObject({
      exit: 64,
      text: { en: expect.stringContaining(says) },
    });
  });

  test("is YAML 1.2: words that Kubernetes takes for true and false are texts", async () => {
    const text = "team: NO\ntrial: {env: {DEBUG: yes, LEVEL: off}, warmUp: [/search?q=a]}\n";
    expect(await loadTeamSettings(written(text), "douane.yaml")).toEqual({
      team: "NO",
      trial: { env: { DEBUG: "yes", LEVEL: "off" }, warmUp: ["/search?q=a"] },
    });
  });

  test("repeats by anchors and merge keys", async () => {
    const text =
      "trial:\n  containers:\n    web: &own {ports: [80]}\n    admin: *own\n    api: {<<: *own, grace: 5}\n";
    expect((await loadTeamSettings(written(text), "douane.yaml")).trial?.containers).toEqual({
      web: { ports: [80] },
      admin: { ports: [80] },
      api: { ports: [80], grace: 5 },
    });
  });

  test.each(["", "# nothing yet\n", "---\n"])("%j sets nothing", async (text) => {
    expect(await loadTeamSettings(written(text), "douane.yaml")).toEqual({});
  });

  test.each([
    ["team: portail\nfailon: refused\n", 'douane.yaml:2:1: unknown key "failon". Did you mean failOn?'],
    [
      "zzz: 1\n",
      'unknown key "zzz". Possible: team, lang, platform, kubernetes, formats, failOn, enforceFuture, trial.',
    ],
    ["team: portail\nfailOn: never\n", 'douane.yaml:2:9: failOn must be refused or unproven, not "never"'],
    ["enforceFuture: yes\n", 'douane.yaml:1:16: enforceFuture must be true or false, not "yes"'],
    ["team: ''\n", 'team must be a text that is not empty, not ""'],
    ["formats: json\n", 'formats must be a list, not "json"'],
    ["formats:\n  - json\n  - 3\n", "douane.yaml:3:5: formats.1 must be a text between quotes, not"],
    ["formats: [{}]\n", "formats.0 must be a text, not"],
    ["kubernetes: 1.30\n", 'douane.yaml:1:13: kubernetes must be a text between quotes, not "1.3"'],
    ["kubernetes: newest\n", 'kubernetes must be a version of Kubernetes such as 1.29, not "newest"'],
    ["- team\n", "douane.yaml:1:1: the file must be a mapping"],
    ["just words\n", "douane.yaml:1:1: the file must be a mapping"],
    ["team: a\nteam: b\n", 'douane.yaml:2:1: the key "team" is set twice'],
    ["team: a\n---\nteam: b\n", "douane.yaml:3:1: one YAML document is expected"],
    ["team: a\n--- # nothing\n", "one YAML document is expected"],
    ["team:\n\t- a\n", "douane.yaml:2:1: not valid YAML: tab characters must not be used in indentation"],
    ["team: [a\n", "douane.yaml:"],
    ["acceptedFindings: []\n", "allowed in the platform's policy only"],
    ["bases: [registry.example/a]\n", "bases is allowed in the platform's policy only"],
    [`team: ${"[".repeat(200_000)}`, "the document nests deeper than 200 levels (limit yamlDepth)"],
    [aliasesOfAliases(), "(limit yamlAliasSize)"],
    ["team: *none\n", 'douane.yaml:1:8: there is no anchor "none"'],
    ["team: .inf\n", "douane.yaml:1:7: JSON has no such number"],
    ["team: a\r\n# é\r\nfailOn:   never\r\n", "douane.yaml:3:11: failOn must be"],
    ["\uFEFFfailOn: never\n", "douane.yaml:1:9: failOn must be"],
    ["__proto__: 1\n", 'douane.yaml:1:1: the key "__proto__" is not allowed'],
    ["trial: {env: {__proto__: a}}\n", 'douane.yaml:1:15: the key "__proto__" is not allowed'],
    ["trial: {containers: {__proto__: {}}}\n", 'the key "__proto__" is not allowed'],
    ["trial: {probes: [{__proto__: {}}]}\n", 'douane.yaml:1:19: the key "__proto__" is not allowed'],
    ["<<: {__proto__: {team: x}}\n", 'the key "__proto__" is not allowed'],
    ["constructor: 1\n", 'douane.yaml:1:1: unknown key "constructor". Possible: team,'],
    ["toString: x\n", 'unknown key "toString"'],
    ["hasOwnProperty: x\n", 'unknown key "hasOwnProperty"'],
    ["trial: {constructor: {prototype: 1}}\n", 'unknown key "constructor"'],
    ["team:\nlang: fr\n", "douane.yaml:1:1: team must be a text, not"],
    ["<<: 1\n", "douane.yaml:1:5: `<<` can only merge a mapping or a list of mappings"],
    ["<<:\n", "`<<` can only merge"],
    ["<<: [{team: a}, 2]\n", "douane.yaml:1:5: `<<` can only merge"],
    ["!!merge <<: 1\n", "`<<` can only merge"],
    ["<<: &x {<<: *x}\n", 'the anchor "x" contains itself'],
    ["!!merge\n", 'douane.yaml:1:1: the file must be a mapping, not ""'],
    ["!!merge x: {a: 1}\n", 'douane.yaml:1:1: unknown key "x"'],
    ["? !!merge\n: x\n", 'douane.yaml:1:3: unknown key ""'],
    ["? !!merge [a]\n: x\n", "douane.yaml:1:3: a key must be a text"],
    ["lang: fr\n<<: {team: 3}\n", "douane.yaml:2:12: team must be a text between quotes"],
    ["team: !!int x\n", 'douane.yaml:1:7: the value does not fit its tag "!!int"'],
    ["formats:\n- json\n- &a\n  b: 1\n", "douane.yaml:3:3: formats.1 must be a text, not"],
  ])("%j is refused with its place", async (text, says) => {
    await expect(loadTeamSettings(written(text), "douane.yaml")).rejects.toMatchObject({
      exit: 64,
      text: { en: expect.stringContaining(says) },
    });
  });

  test("a file beyond the bound is refused, and the bound named", async () => {
    const file = written(`# ${"x".repeat(1024 ** 2)}\n`);
    await expect(loadTeamSettings(file, "douane.yaml")).rejects.toThrow("settingsBytes");
  });

  test("a file that is not there is refused", async () => {
    await expect(loadTeamSettings(join(folder, "none"), "none")).rejects.toThrow(
      'The file "none" cannot be read',
    );
  });
});

describe("the platform's policy", () => {
  const ENTRY =
    "- {fingerprint: 'x:y', repository: r.example/app, reason: r, author: a, expires: 2026-12-31}";

  test("names base images, in full", async () => {
    const bases = ["registry.example/socle/*", "registry.example/outils/jdk:21"];
    expect(await loadPolicy(written(`bases: ${JSON.stringify(bases)}\n`), "p.yaml")).toEqual({ bases });
    await expect(loadPolicy(written("bases: [java]\n"), "p.yaml")).rejects.toThrow(
      "p.yaml:1:9: bases.0 must be a repository with its registry",
    );
  });

  test("accepts false findings", async () => {
    expect(
      await loadPolicy(written(`acceptedFindings:\n  ${ENTRY}\nenforceFuture: true\n`), "p.yaml"),
    ).toEqual({
      acceptedFindings: [
        { fingerprint: "x:y", repository: "r.example/app", reason: "r", author: "a", expires: "2026-12-31" },
      ],
      enforceFuture: true,
    });
  });

  test.each([
    [ENTRY.replace("reason: r, ", ""), "acceptedFindings.0.reason is missing"],
    [ENTRY.replace("2026-12-31", "2026-02-31"), 'must be a date YYYY-MM-DD, not "2026-02-31"'],
    [ENTRY.replace("2026-12-31", "31/12/2026"), 'must be a date YYYY-MM-DD, not "31/12/2026"'],
    [ENTRY.replace("author", "autor"), 'unknown key "autor". Did you mean author?'],
    [
      ENTRY.replace("repository: r.example/app, ", ""),
      "acceptedFindings.0 must be bound to an image repository, a digest or a workload (the same fingerprint stands for the same mistake in every image: an entry without a scope would accept it everywhere), not",
    ],
    [ENTRY.replace("r.example/app", "app"), "must be a repository with its registry and without tag"],
    [ENTRY.replace("r.example/app", "team/app"), "must be a repository with its registry and without tag"],
    [ENTRY.replace("r.example/app", "r.example/app:1.2"), "repository with its registry and without tag"],
    [ENTRY.replace("r.example/app", "'r.example/*'"), "repository with its registry and without tag"],
    [ENTRY.replace("repository: r.example/app", "digest: sha256:abc"), "a digest: sha256: and 64"],
    [
      ENTRY.replace("repository: r.example/app", "workload: {kind: Deployment, name: web}"),
      "acceptedFindings.0.workload.namespace is missing",
    ],
    [
      ENTRY.replace("repository: r.example/app", "workload: {namespaces: a, kind: Deployment, name: web}"),
      'unknown key "namespaces". Did you mean namespace?',
    ],
  ])("%j is refused with its place", async (entry, says) => {
    const text = `acceptedFindings:\n  ${entry}\n`;
    await expect(loadPolicy(written(text), "p.yaml")).rejects.toMatchObject({
      exit: 64,
      text: { en: expect.stringMatching(/^p\.yaml:2:\d+: /), fr: expect.stringMatching(/^p\.yaml:2:\d+ : /) },
    });
    await expect(loadPolicy(written(text), "p.yaml")).rejects.toThrow(says);
  });
});

test.each([
  "evidenceFrom: [own-run]\n<<: {evidenceFrom: [handed-in, own-run]}\n",
  "<<: {evidenceFrom: [handed-in, own-run]}\nevidenceFrom: [own-run]\n",
])("a policy that a merge key would open is refused: %j", async (text) => {
  await expect(loadPolicy(written(text), "policy.yaml")).rejects.toThrow(
    'the key "evidenceFrom" is set here and by `<<`',
  );
});
