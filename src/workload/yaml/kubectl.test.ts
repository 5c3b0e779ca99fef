import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CONTEXTS, DOCUMENTS, SCALARS } from "../../../test/fixtures/kubectl-cases.ts";
import { compose } from "./compose.ts";
import { parse } from "./parse.ts";
import { decodeText } from "./text.ts";
import { YamlError } from "./yaml-error.ts";

const GOLDEN = join(import.meta.dirname, "__goldens__", "kubectl.json");
const CASES = [
  ...Object.entries(CONTEXTS).flatMap(([context, fill]) =>
    SCALARS.map((scalar) => [`${context} ${scalar}`, fill(scalar)] as const),
  ),
  ...Object.entries(DOCUMENTS),
];

/** Recorded results of kubectl for every case; "refused" if it accepts none. UPDATE=1 records them again. */
type Recorded = Readonly<Record<string, unknown>>;

function recorded(): Recorded {
  if (process.env["UPDATE"] === "1") writeFileSync(GOLDEN, serialize(askKubectl()));
  return JSON.parse(readFileSync(GOLDEN, "utf8")) as Recorded;
}

/** Records with one case per line. */
function serialize(answers: Recorded): string {
  const lines = Object.entries(answers).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}

/** `kubectl annotate --local` prints the object as Kubernetes sees it; no cluster is asked. */
function askKubectl(): Recorded {
  const folder = mkdtempSync(join(tmpdir(), "kubectl-"));
  for (const [index, [, body]] of CASES.entries()) {
    writeFileSync(join(folder, `${index}.yaml`), manifest(index, body));
  }
  const command = ["annotate", "--local", "-f", folder, "-o", "json", "seen=yes"];
  const { stdout, error } = spawnSync("kubectl", command, { encoding: "utf8", maxBuffer: 2 ** 28 });
  rmSync(folder, { recursive: true });
  if (error !== undefined) throw error;
  const texts = stdout.split(/^(?=\{$)/m).filter((text) => text !== "");
  const byName = new Map(
    texts.map((text) => {
      const { metadata, data = null } = JSON.parse(text) as { metadata: { name: string }; data?: unknown };
      return [metadata.name, data];
    }),
  );
  return Object.fromEntries(
    CASES.map(([name], index) => [
      name,
      byName.has(`case-${index}`) ? byName.get(`case-${index}`) : "refused",
    ]),
  );
}

function manifest(index: number, body: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: case-${index}}\n${body}`;
}

function read(index: number, body: string): unknown {
  const decoded = decodeText(Buffer.from(manifest(index, body)));
  if ("problem" in decoded) return "refused";
  try {
    const [document] = compose(decoded.text, parse(decoded.text));
    const { data = null } = (document?.value ?? {}) as { readonly data?: unknown };
    return data;
  } catch (error) {
    if (error instanceof YamlError) return "refused";
    throw error;
  }
}

/** Refused by us alone: stricter is safe, a missed difference is not. */
const STRICTER = /^(?:key|flow key) [-+]?\.(?:inf|nan)$|^stricter: /i;
/** Read by us, refused by kubectl: the cluster will never see it. */
const LAXER = /^flow(?: list| key)? ::1$|^laxer: /;

const answers = recorded();

test("every case was asked of kubectl", () => {
  expect(Object.keys(answers)).toEqual(CASES.map(([name]) => name));
});

test(`${CASES.length} scalars and documents read as kubectl reads them`, () => {
  const differences: unknown[] = [];
  for (const [index, [name, body]] of CASES.entries()) {
    const [ours, theirs] = [read(index, body), answers[name]];
    if (ours === "refused" && STRICTER.test(name)) continue;
    if (theirs === "refused" && LAXER.test(name)) continue;
    // Integers beyond 2^53 are read as the nearest number, in both.
    if (JSON.stringify(ours, sorted) !== JSON.stringify(theirs, sorted)) {
      differences.push({ name, body, ours, theirs });
    }
  }
  expect(differences).toEqual([]);
});

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
