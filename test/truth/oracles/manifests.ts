// YAML made by a grammar, read by kubectl, which asks no cluster: the same object, or both refuse it.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { compose } from "../../../src/workload/yaml/compose.ts";
import { parse } from "../../../src/workload/yaml/parse.ts";
import { decodeText } from "../../../src/workload/yaml/text.ts";
import { YamlError } from "../../../src/workload/yaml/yaml-error.ts";
import { SCALARS } from "../../fixtures/kubectl-cases.ts";
import type { Answers, Oracle } from "./oracle.ts";

/** Scalars without the known differences, which the recorded cases cover. */
const scalar = fc.constantFrom(
  ...SCALARS.filter((text) => !/^[-+]?\.(?:inf|nan)$|^::1$|^!|[{}[\]#?]/i.test(text)),
);
const key = fc.constantFrom("name", "image", "privileged", "runAsUser", "value", "on", "a.b/c", '"q"', "'s'");

interface Made {
  readonly block: (indent: string) => string;
  readonly flow: string;
}

const { node } = fc.letrec<{ node: Made; leaf: Made; map: Made; list: Made }>((tie) => ({
  leaf: scalar.map(
    (text): Made => ({ block: () => ` ${text}\n`, flow: text.includes(",") ? '""' : text || '""' }),
  ),
  map: fc
    .uniqueArray(fc.tuple(key, tie("node")), { minLength: 1, maxLength: 4, selector: ([name]) => name })
    .map(
      (pairs): Made => ({
        block: (indent) =>
          `\n${pairs.map(([name, one]) => `${indent}${name}:${one.block(`${indent}  `)}`).join("")}`,
        flow: `{${pairs.map(([name, one]) => `${name}: ${one.flow} `).join(", ")}}`,
      }),
    ),
  list: fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map(
    (items): Made => ({
      block: (indent) => `\n${items.map((one) => `${indent}-${one.block(`${indent}  `)}`).join("")}`,
      flow: `[${items.map((one) => `${one.flow} `).join(", ")}]`,
    }),
  ),
  node: fc.oneof({ depthSize: "small" }, tie("leaf"), tie("map"), tie("list")),
}));

const body = fc
  .tuple(node, fc.boolean())
  .map(([made, isFlow]) => `data:${isFlow ? ` ${made.flow}\n` : made.block("  ")}`);

export const manifests: Oracle = {
  name: "manifests, and kubectl",
  programs: ["kubectl"],
  inputs: body,
  compare(bodies, folder) {
    mkdirSync(folder, { recursive: true });
    const texts = bodies.map(
      (one, index) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: case-${index}}\n${one}`,
    );
    for (const [index, text] of texts.entries()) writeFileSync(join(folder, `${index}.yaml`), text);
    const theirs = asked(folder);
    return texts.map(
      (text, index): Answers => ({
        input: text,
        ours: sorted(own(text)),
        theirs: sorted(theirs.get(`case-${index}`) ?? "refused"),
      }),
    );
  },
};

function asked(folder: string): ReadonlyMap<string, unknown> {
  const argv = ["annotate", "--local", "-f", folder, "-o", "json", "seen=yes"];
  const { stdout } = spawnSync("kubectl", argv, { encoding: "utf8", maxBuffer: 2 ** 28 });
  const texts = stdout.split(/^(?=\{$)/m).filter((text) => text !== "");
  return new Map(
    texts.map((text) => {
      const { metadata, data = null } = JSON.parse(text) as { metadata: { name: string }; data?: unknown };
      return [metadata.name, { data }];
    }),
  );
}

function own(text: string): unknown {
  const decoded = decodeText(Buffer.from(text));
  if ("problem" in decoded) return "refused";
  try {
    const [document] = compose(decoded.text, parse(decoded.text));
    const { data = null } = (document?.value ?? {}) as { readonly data?: unknown };
    return { data };
  } catch (error) {
    if (error instanceof YamlError) return "refused";
    throw error;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  );
}
