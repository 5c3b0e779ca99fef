import { describe, expect, test } from "vitest";
import { COMPLETE_POD } from "../../../test/fixtures/complete-pod.ts";
import { formatPath, type Segment } from "../../contract/field-path.ts";
import type { InvalidField } from "../../contract/workload-facts.ts";
import { podSpec } from "./pod.ts";

function decode(spec: unknown): { readonly facts: unknown; readonly invalid: readonly InvalidField[] } {
  const invalid: InvalidField[] = [];
  return { facts: podSpec(spec, { path: ["spec"], invalid }), invalid };
}

/** Every value of the complete pod with its path, except the pod itself. */
function* nodesOf(
  value: unknown,
  path: readonly Segment[] = [],
): Generator<readonly [readonly Segment[], unknown]> {
  if (path.length > 0) yield [path, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    yield* nodesOf(member, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function replace(value: unknown, [key, ...rest]: readonly Segment[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.with(Number(key), replace(value[Number(key)], rest, by));
  const mapping = value as Readonly<Record<string, unknown>>;
  return { ...mapping, [key]: replace(mapping[key], rest, by) };
}

function at(value: unknown, path: readonly Segment[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<Segment, unknown> | undefined)?.[key], value);
}

const WRONG: readonly unknown[] = [true, 5, 1.5, 2 ** 40, "12", "true", [], ["x"], [5], {}, { x: 1 }];
const NODES = [...nodesOf(COMPLETE_POD)];

/** Whether Kubernetes accepts such a value, too, by the value in the complete pod. */
function isTaken(path: readonly Segment[], value: unknown, wrong: unknown): boolean {
  const name = formatPath(path);
  if (/(?:httpGet|tcpSocket)\.port$/.test(name)) return typeof wrong === "string" || wrong === 5;
  if (/(?:memory|cpu|storage|sizeLimit|divisor)$/.test(name))
    return typeof wrong === "number" || wrong === "12";
  if (typeof value === "string") return typeof wrong === "string";
  if (typeof value === "number") return wrong === 5 || (wrong === 2 ** 40 && IS_64_BIT.test(name));
  if (typeof value === "boolean") return typeof wrong === "boolean";
  if (!Array.isArray(value)) return typeof wrong === "object" && !Array.isArray(wrong);
  return Array.isArray(wrong) && (wrong.length === 0 || typeof wrong[0] === typeof value[0]);
}

const IS_64_BIT =
  /(?:runAs\w+|fsGroup|supplementalGroups\[0\]|activeDeadlineSeconds|GracePeriodSeconds|sleep\.seconds)$/;

test("a complete pod decodes to itself", () => {
  const { facts, invalid } = decode(COMPLETE_POD);
  const [volume] = COMPLETE_POD.volumes;
  const sources = Object.keys(volume as object).filter((key) => key !== "name");
  expect(invalid).toEqual([]);
  expect(facts).toEqual({ ...COMPLETE_POD, volumes: [{ ...(volume as object), sources }] });
});

test(`each of ${NODES.length} fields with each wrong value is invalid, absent, and hides no other`, () => {
  const mistaken: string[] = [];
  for (const [path, value] of NODES) {
    for (const wrong of WRONG) {
      if (isTaken(path, value, wrong)) continue;
      const name = formatPath(["spec", ...path]);
      const { facts, invalid } = decode(replace(COMPLETE_POD, path, wrong));
      const [first] = invalid;
      const isNamed = invalid.length === 1 && (first?.path === name || first?.path === `${name}[0]`);
      const left = JSON.stringify(at(facts, path)) ?? "{}";
      const isAbsent = !left.includes(JSON.stringify(wrong)) || left === "{}" || left === '{"sources":[]}';
      if (!isNamed || !isAbsent)
        mistaken.push(`${name} = ${JSON.stringify(wrong)}: ${left} ${JSON.stringify(invalid)}`);
    }
  }
  expect(mistaken).toEqual([]);
});

test("null is as good as absent, everywhere", () => {
  const mistaken: string[] = [];
  for (const [path] of NODES) {
    const { facts, invalid } = decode(replace(COMPLETE_POD, path, null));
    const left = JSON.stringify(at(facts, path));
    const isEmpty = [undefined, '""', "0", "{}", '{"sources":[]}'].includes(left);
    if (invalid.length > 0 || !isEmpty) mistaken.push(`${formatPath(path)}: ${left}`);
  }
  expect(mistaken).toEqual([]);
});

test("a key that differs in case only is invalid: Kubernetes does not see it", () => {
  for (const [path] of NODES) {
    const key = path.at(-1);
    // Names that others chose have no other spelling.
    if (
      typeof key === "number" ||
      ["memory", "cpu", "share", "storage", "tier", "kubernetes.io/arch"].includes(String(key))
    )
      continue;
    const parent = path.slice(0, -1);
    const misspelled = { ...(at(COMPLETE_POD, parent) as object), [String(key).toUpperCase()]: {} };
    const { invalid } = decode(replace(COMPLETE_POD, parent, misspelled));
    expect(invalid).toMatchObject([
      {
        path: formatPath(["spec", ...path]),
        at: formatPath(["spec", ...parent, String(key).toUpperCase()]),
      },
    ]);
  }
});

describe("what is said", () => {
  test.each([
    [{ hostNetwork: "yes" }, 'spec.hostNetwork must be true or false, not the string "yes"'],
    [{ activeDeadlineSeconds: 1.5 }, "spec.activeDeadlineSeconds must be an integer, not 1.5"],
    [{ hostname: 8080 }, "spec.hostname must be a string, not a number: put it in quotes"],
    [{ containers: { name: "web" } }, "spec.containers must be a list, not a mapping"],
    [{ containers: ["web"] }, 'spec.containers[0] must be a mapping, not the string "web"'],
    [{ SecurityContext: {} }, "spec.SecurityContext is spelled securityContext"],
    [{ os: { name: false } }, "spec.os.name must be a string, not a boolean: put it in quotes"],
  ])("%j", (spec, problem) => {
    expect(decode(spec).invalid.map((field) => field.problem.en)).toEqual([
      `not valid Kubernetes: ${problem}`,
    ]);
  });

  test("never a value that may be a password", () => {
    const { invalid } = decode({ containers: [{ env: [{ name: "PIN", value: 987_654 }] }] });
    expect(invalid).toMatchObject([{ path: "spec.containers[0].env[0].value" }]);
    expect(JSON.stringify(invalid)).not.toContain("987");
  });

  test("control characters never raw", () => {
    const { invalid } = decode({ hostNetwork: "\u001b[31m\u202e" });
    expect(invalid[0]?.problem.en).toContain('"\\u001b[31m\\u202e"');
  });
});

describe("Kubernetes' reading of odd values", () => {
  test.each([
    [{ securityContext: { runAsUser: -0 } }, { securityContext: { runAsUser: 0 } }],
    [{ terminationGracePeriodSeconds: 1e3 }, { terminationGracePeriodSeconds: 1000 }],
    [{ containers: [null, { command: [null] }] }, { containers: [{}, { command: [""] }] }],
    [{ volumes: [{ name: "a" }] }, { volumes: [{ name: "a", sources: [] }] }],
    [{ volumes: [{ nfs: {}, emptyDir: null }] }, { volumes: [{ sources: ["nfs"] }] }],
    [{ volumes: [{ future: {} }] }, { volumes: [{ sources: ["future"] }] }],
    [
      { containers: [{ resources: { limits: { cpu: 2, memory: "1.5Gi" } } }] },
      { containers: [{ resources: { limits: { cpu: "2", memory: "1.5Gi" } } }] },
    ],
    [{ tolerations: "anything", unknown: 1 }, {}],
  ])("%j", (spec, facts) => {
    expect(decode(spec)).toEqual({ facts, invalid: [] });
  });
});

test("more invalid fields than the bound are an error that names it", () => {
  expect(() => decode({ containers: Array.from({ length: 1000 }, () => "x") })).toThrow("invalidFields");
});
