import { expect, test } from "vitest";
import { container, cronJob, deployment, podSpec, yaml } from "../../test/fixtures/manifests.ts";
import { LIMITS } from "../contract/limits.ts";
import { type ReadResult, readWorkloads } from "./read-workloads.ts";

async function read(text: string): Promise<ReadResult> {
  return readWorkloads(["-"], {
    cwd: "/",
    stdin: (async function* () {
      yield Buffer.from(text);
    })(),
  });
}

test("a document of 10 MB is read", async () => {
  const env = Array.from({ length: 120_000 }, (_, index) => ({
    name: `NAME_${index}`,
    value: `value-${index}-${"x".repeat(40)}`,
  }));
  const text = yaml(deployment({ pod: podSpec({ containers: [container({ env })] }) }), cronJob());
  expect(text.length).toBeGreaterThan(10 * 1024 ** 2);
  const { workloads, problems } = await read(text);
  expect([workloads.length, problems]).toEqual([2, []]);
});

test("thousands of mistakes are a bounded number of problems", async () => {
  const { problems } = await read("---\napiVersion: [\n".repeat(LIMITS.manifestsPerFile + 10));
  expect(problems).toHaveLength(LIMITS.manifestsPerFile + 1);
  expect(problems.at(-1)?.message.en).toContain("manifestsPerFile");
});

test("as many as the bound are read whole", async () => {
  const pod = "---\n{apiVersion: v1, kind: Pod, spec: {containers: [{name: a}]}}\n";
  const { workloads, problems } = await read(pod.repeat(LIMITS.manifestsPerFile));
  expect([workloads.length, problems]).toEqual([LIMITS.manifestsPerFile, []]);
});

test("a List of many and a section of many documents cost no more than they are long", async () => {
  const items = "- {apiVersion: v1, kind: Pod, spec: {containers: [{name: a}]}}\n".repeat(5_000);
  const lists = "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod}]\n...\n".repeat(2_000);
  const { workloads } = await read(`apiVersion: v1\nkind: List\nitems:\n${items}---\n${lists}`);
  const lines = workloads.map(({ facts: { at } }) => (at.in === "file" ? at.line : undefined));
  expect([lines.length, lines[0], lines[4_999], lines[5_000], lines.at(-1)]).toEqual([
    7_000, 4, 5_003, 5_007, 13_003,
  ]);
});

test("a longer one is refused by name and hides no other", async () => {
  const text = `---\napiVersion: v1\n# ${"x".repeat(LIMITS.yamlDocumentCharacters)}\n${yaml(deployment())}`;
  const { workloads, problems } = await read(text);
  expect(workloads).toHaveLength(1);
  expect(problems).toMatchObject([
    { line: 1, message: { en: expect.stringContaining("yamlDocumentCharacters") as string } },
  ]);
});
