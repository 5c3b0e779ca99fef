import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { circlesIn } from "./fixtures/circles.ts";
import { importGraph, importsOf, ROOT, SOURCES } from "./fixtures/imports.ts";

/** Rooms that each folder of src/ may import, besides itself. Imports point downwards only. */
const GROUND = ["contract", "shell", "secrets", "start", "policy"] as const;
const ALLOWED: Record<string, readonly string[]> = {
  contract: [],
  json: ["contract"],
  xml: ["contract"],
  shell: ["contract"],
  secrets: ["contract", "shell"],
  start: ["contract", "shell", "secrets"],
  policy: ["contract", "shell", "secrets", "start"],
  files: ["contract"],
  net: ["contract", "json", "files"],
  image: ["contract", "json", "files", "net"],
  archives: ["contract", "image"],
  workload: [...GROUND, "files"],
  dockerfile: GROUND,
  attest: ["contract", "json", "xml", "shell", "secrets", "files", "net", "image"],
  trial: [...GROUND, "files", "image"],
  sbom: [...GROUND, "json", "xml", "image", "attest"],
  vulnerabilities: [...GROUND, "json", "files", "net", "image", "archives", "attest", "sbom"],
  observations: ["contract"],
  rules: ["contract", "shell", "secrets", "start", "dockerfile", "observations"],
  evidence: [
    ...GROUND,
    "json",
    "files",
    "net",
    "image",
    "archives",
    "workload",
    "dockerfile",
    "attest",
    "trial",
    "sbom",
    "vulnerabilities",
  ],
  assess: [
    ...GROUND,
    "files",
    "net",
    "image",
    "workload",
    "dockerfile",
    "attest",
    "trial",
    "sbom",
    "vulnerabilities",
    "evidence",
    "observations",
    "rules",
  ],
  fix: [...GROUND, "workload", "dockerfile", "observations", "rules"],
  verdicts: ["contract"],
  report: ["contract", "verdicts"],
  forge: [...GROUND, "json", "files", "net"],
  server: [
    ...GROUND,
    "json",
    "files",
    "net",
    "image",
    "workload",
    "vulnerabilities",
    "evidence",
    "attest",
    "assess",
    "verdicts",
  ],
  cli: [
    ...GROUND,
    "files",
    "net",
    "image",
    "workload",
    "dockerfile",
    "trial",
    "sbom",
    "vulnerabilities",
    "attest",
    "observations",
    "rules",
    "evidence",
    "assess",
    "fix",
    "verdicts",
    "report",
    "forge",
    "server",
  ],
};

test("every folder of src/ has its line in the table", () => {
  const folders = new Set(SOURCES.map((file) => file.split("/")[1] ?? ""));
  expect([...folders].toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
});

test.each(SOURCES)("%s imports downwards only", (file) => {
  const folder = file.split("/")[1] ?? "";
  for (const target of importsOf(file)) {
    const [top, imported = ""] = target.split("/");
    expect([top, target]).toEqual(["src", target]);
    expect([folder, ...(ALLOWED[folder] ?? [])], `${file} imports ${target}`).toContain(imported);
  }
});

test("no files of src/ import each other in a circle, for types neither", () => {
  expect(circlesIn(importGraph())).toEqual([]);
});

test("no folders of src/ import each other in a circle", () => {
  const folders = new Map<string, Set<string>>();
  for (const [file, targets] of importGraph()) {
    const own = dirname(file);
    const others = targets.map(dirname).filter((target) => target !== own);
    folders.set(own, new Set([...(folders.get(own) ?? []), ...others]));
  }
  expect(circlesIn(new Map([...folders].map(([folder, targets]) => [folder, [...targets]])))).toEqual([]);
});

test.each(SOURCES)("%s has 300 lines at most", (file) => {
  const lines = readFileSync(join(ROOT, file), "utf8").split("\n").length - 1;
  expect(lines).toBeLessThanOrEqual(300);
});

/**
 * Modules that make a judgement, each with the files that may import it: every other room calls assess, so
 * that two commands cannot differ.
 */
const JUDGING: Record<string, readonly string[]> = {
  "src/contract/judge.ts": ["contract", "assess"],
  // `fix` shows no edit that the rules do not find better.
  "src/contract/evaluate.ts": ["contract", "assess", "fix"],
  "src/assess/judging-facts.ts": ["assess"],
  "src/attest/policy/judge-attestations.ts": ["attest"],
  "src/attest/policy/image-attestations.ts": ["assess"],
  "src/vulnerabilities/match/match-components.ts": ["vulnerabilities", "assess"],
};

test.each(Object.entries(JUDGING))("%s is used by %j only", (file, rooms) => {
  const users = [...importGraph()].filter(([, targets]) => targets.includes(file)).map(([user]) => user);
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter((user) => !rooms.includes(user.split("/")[1] ?? ""))).toEqual([]);
});

/** evaluate(), and the module that narrows a rule to the evidence that was collected. */
const CHECKING = ["src/contract/evaluate.ts", "src/evidence/rule-selectors.ts"];

test("what verifies a signature cannot make one", () => {
  const graph = importGraph();
  const verifying = ["src/attest/keys/verify.ts", "src/attest/read/verify-attachments.ts"];
  const reached = new Set([...verifying, "src/attest/read/read-attachments.ts"]);
  for (const file of reached) for (const target of graph.get(file) ?? []) reached.add(target);
  expect(reached).toContain("src/attest/keys/key.ts");
  expect(reached).not.toContain("src/attest/keys/sign.ts");
});

test("a verification reaches nothing that signs, and Sigstore's libraries only by a certificate", () => {
  const graph = importGraph();
  const reached = new Set(["src/cli/verify/run-verify.ts"]);
  for (const file of reached) for (const target of graph.get(file) ?? []) reached.add(target);
  expect(reached).toContain("src/attest/keys/verify.ts");
  expect(reached).not.toContain("src/attest/keys/sign.ts");
  expect([...reached].filter((file) => /^src\/attest\/(?:keyless|witness)\//.test(file))).toEqual([]);
  const textOf = (file: string) => readFileSync(join(ROOT, file), "utf8");
  expect(SOURCES.filter((file) => /"@sigstore/.test(textOf(file)))).toEqual([SIGSTORE]);
  const withTuf = SOURCES.filter((file) => /"tuf-js/.test(textOf(file)));
  expect(withTuf.filter((file) => !file.startsWith("src/attest/tuf/"))).toEqual([]);
  const importersOf = (file: string) =>
    [...graph].filter(([, targets]) => targets.includes(file)).map(([one]) => one);
  for (const [loaded, loader] of ON_DEMAND) {
    expect([loaded, importersOf(loaded)]).toEqual([loaded, [loader]]);
    const lines = textOf(loader)
      .split("\n")
      .filter((line) => line.includes(`/${basename(loaded)}"`) && !line.startsWith("import type "));
    expect(lines.filter((line) => !line.includes("await import("))).toEqual([]);
    expect(lines).toHaveLength(1);
  }
});

test("no command but those with a store reaches PostgreSQL's client, which is half a megabyte", () => {
  const graph = importGraph();
  const textOf = (file: string) => readFileSync(join(ROOT, file), "utf8");
  const clients = SOURCES.filter((file) => /from "(?:pg|kysely|kysely\/migration)"/.test(textOf(file)));
  expect(clients.filter((file) => !file.startsWith("src/server/store/"))).toEqual([]);
  const others = SOURCES.filter((file) => /^src\/cli\/(?!audit\/|serve\/)[^/]+\/run-/.test(file));
  const reached = new Set(others);
  for (const file of reached) for (const target of graph.get(file) ?? []) reached.add(target);
  expect(reached).toContain("src/assess/assess.ts");
  expect([...reached].filter((file) => clients.includes(file))).toEqual([]);
});

const SIGSTORE = "src/attest/certificates/verify-sigstore.ts";
const SIGNERS = "src/attest/policy/certificate-signers.ts";
/** Modules that are imported on demand, each with the one that does so. */
const ON_DEMAND = [
  [SIGSTORE, SIGNERS],
  [SIGNERS, "src/attest/policy/certify.ts"],
  ["src/cli/attest/keyless.ts", "src/cli/attest/open-signer.ts"],
  ["src/cli/attest/witnessed-key.ts", "src/cli/attest/open-signer.ts"],
  ["src/cli/verify/update-root.ts", "src/cli/verify/run-verify.ts"],
] as const;

test("a rule's check is called where rules are evaluated, and by rules that are made of others", () => {
  const callers = SOURCES.filter((file) =>
    /\b(?:rule|sibling)\.check\(/.test(readFileSync(join(ROOT, file), "utf8")),
  );
  expect(callers.filter((file) => !file.startsWith("src/rules/")).toSorted()).toEqual(CHECKING);
});

/**
 * Number of files of each room that other rooms import: its face. A smaller number is written down here; none
 * ever grows.
 */
const FACES: Record<string, number> = {
  net: 13,
  image: 25,
  sbom: 15,
  rules: 10,
  evidence: 20,
  vulnerabilities: 23,
  workload: 22,
  trial: 22,
};

test.each(Object.entries(FACES))("of src/%s others import %i files, and no more", (room, most) => {
  const face = new Set<string>();
  for (const [file, targets] of importGraph()) {
    if (file.startsWith(`src/${room}/`)) continue;
    for (const target of targets) if (target.startsWith(`src/${room}/`)) face.add(target);
  }
  expect(face.size).toBe(most);
});

/** Modules around which the bundle makes a chunk each. One that moves alone is loaded in many small chunks at every start. */
const CHUNKS: Readonly<Record<string, readonly string[]>> = {
  start: ["src/cli/process/compile-cache.ts", "src/cli/run-process.ts", "src/cli/start.ts"],
  yaml: ["src/workload/yaml/compose.ts", "src/workload/yaml/parse.ts", "src/workload/yaml/position.ts"],
  judge: ["src/cli/check/run-check.ts", "src/rules/image-rule-list.ts"],
  images: ["src/assess/images/images.ts", "src/evidence/schemas/image-schema.ts"],
  manifests: ["src/assess/manifests.ts", "src/evidence/named-images.ts", "src/rules/manifest-rule-list.ts"],
  "trial-rules": ["src/assess/trials/tried-containers.ts", "src/rules/trial-rule-list.ts"],
};

test.each(Object.entries(CHUNKS))("the chunk %s of the bundle is made of %j", (name, files) => {
  const config = readFileSync(join(ROOT, "rolldown.config.ts"), "utf8");
  const [, pattern = "nothing"] = new RegExp(`name: "${name}".* test: /(.+)/ }`).exec(config) ?? [];
  const made = new RegExp(pattern);
  expect(SOURCES.filter((file) => made.test(file))).toEqual(files);
});
