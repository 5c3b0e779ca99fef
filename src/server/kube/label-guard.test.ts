import { Environment } from "@marcbachmann/cel-js";
import { describe, expect, test } from "vitest";
import type { Fields } from "../../json/fields.ts";
import { isLabelGuard, labelGuard } from "./label-guard.ts";

const KEY = "platform.example/stage";
const GUARDED = { keys: ["platform.example/access", KEY], groups: ["platform", 'o"dd'] };
const [POLICY, BINDING] = labelGuard(GUARDED, "en") as readonly [Fields, Fields];
const CEL = new Environment({ enableOptionalTypes: true, unlistedVariablesAreDyn: true });

interface Expression {
  readonly name: string;
  readonly expression: string;
}

/** Answer of the API server to a change of a namespace's labels: true if it is allowed. `before` is absent for a new namespace. */
function isTaken(groups: readonly string[], labels?: Fields, before?: Fields): boolean {
  const spec = POLICY["spec"] as Fields;
  const [{ expression }] = spec["validations"] as readonly [Expression];
  const context = {
    object: { metadata: labels === undefined ? {} : { labels } },
    oldObject: before === undefined ? null : { metadata: { labels: before } },
    request: { userInfo: groups.length === 0 ? {} : { groups } },
    variables: {} as Record<string, unknown>,
  };
  for (const one of spec["variables"] as readonly Expression[])
    context.variables[one.name] = CEL.evaluate(one.expression, context);
  return CEL.evaluate(expression, context) === true;
}

describe("the labels of a namespace by which rows are chosen", () => {
  const OWNER = ["system:authenticated", "team-owners"];

  test.each([
    ["its owner adds the label", { [KEY]: "sandbox" }, {}],
    ["its owner changes the label", { [KEY]: "sandbox" }, { [KEY]: "production" }],
    ["its owner takes the label away", {}, { [KEY]: "production" }],
    ["its owner takes all labels away", undefined, { [KEY]: "production" }],
    ["its owner empties the label", { [KEY]: "" }, { [KEY]: "production" }],
    ["its owner adds an empty label", { [KEY]: "" }, {}],
    ["its owner creates a namespace with the label", { [KEY]: "sandbox" }, undefined],
  ])("are refused where %s, and taken from the platform", (_, labels, before) => {
    expect(isTaken(OWNER, labels, before)).toBe(false);
    expect(isTaken([], labels, before)).toBe(false);
    expect(isTaken([...OWNER, "platform"], labels, before)).toBe(true);
    expect(isTaken(['o"dd'], labels, before)).toBe(true);
  });

  test("may stay as they are while its owner changes others", () => {
    expect(isTaken(OWNER, { [KEY]: "production", team: "b" }, { [KEY]: "production", team: "a" })).toBe(true);
    expect(isTaken(OWNER, { team: "b" }, undefined)).toBe(true);
    expect(isTaken(OWNER, undefined, undefined)).toBe(true);
  });
});

describe("a policy of the cluster is the guard", () => {
  const served = (spec: Fields, changes: Fields = {}): Fields => ({
    metadata: { name: "x", uid: "u" },
    spec: { ...spec, ...changes },
    status: { observedGeneration: 1 },
  });
  const policySpec = POLICY["spec"] as Fields;
  const constraints = policySpec["matchConstraints"] as { readonly resourceRules: readonly Fields[] };
  const defaults = {
    matchConstraints: {
      matchPolicy: "Equivalent",
      namespaceSelector: {},
      objectSelector: {},
      resourceRules: constraints.resourceRules.map((rule) => ({ ...rule, scope: "*" })),
    },
  };
  const binding = served(BINDING["spec"] as Fields);

  test("with the API server's defaults, and in another language", () => {
    expect(isLabelGuard(served(policySpec, defaults), binding, GUARDED)).toBe(true);
    const [french] = labelGuard(GUARDED, "fr") as readonly [Fields, Fields];
    expect(isLabelGuard(french, binding, GUARDED)).toBe(true);
  });

  test.each([
    ["another group", labelGuard({ ...GUARDED, groups: ["anybody"] }, "en")[0]["spec"] as Fields, {}],
    ["fewer keys", labelGuard({ ...GUARDED, keys: [KEY] }, "en")[0]["spec"] as Fields, {}],
    ["a condition that lets some by", policySpec, { matchConditions: [{ name: "x", expression: "false" }] }],
    [
      "a selector",
      policySpec,
      { matchConstraints: { ...constraints, objectSelector: { matchLabels: { a: "b" } } } },
    ],
    ["failures ignored", policySpec, { failurePolicy: "Ignore" }],
    ["no spec", {}, {}],
  ])("not with %s", (_, spec, changes) => {
    expect(isLabelGuard(served(spec, changes), binding, GUARDED)).toBe(false);
  });

  test.each([
    ["only warns", { validationActions: ["Warn"] }],
    ["is of some namespaces", { matchResources: { namespaceSelector: { matchLabels: { a: "b" } } } }],
  ])("not with a binding that %s", (_, changes) => {
    const weak = served(BINDING["spec"] as Fields, changes);
    expect(isLabelGuard(served(policySpec), weak, GUARDED)).toBe(false);
  });

  test("not while it is being deleted", () => {
    const leaving = { ...served(policySpec), metadata: { deletionTimestamp: "2026-11-30T00:00:00Z" } };
    expect(isLabelGuard(leaving, binding, GUARDED)).toBe(false);
  });
});
