import { describe, expect, test } from "vitest";
import { formatPath, parsePath } from "../contract/field-path.ts";
import { createLocator } from "./locate.ts";

function locate(text: string, path: string, { firstLine = 1, ordinal = 0 } = {}): string {
  const { line, column } = createLocator()({ section: { text, line: firstLine }, ordinal }, path);
  return `${line}:${column}`;
}

const POD = `---
# a pod
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      securityContext:
        privileged: true
    - name: sidecar
      args: ["a",
        "b"]
`;

describe("block YAML", () => {
  test.each([
    ["", "3:1"],
    ["kind", "4:1"],
    ["spec.containers", "6:3"],
    ["spec.containers[0]", "7:7"],
    ["spec.containers[0].securityContext.privileged", "9:9"],
    ["spec.containers[1].args[1]", "12:9"],
  ])("%j stands at %s", (path, place) => {
    expect(locate(POD, path)).toBe(place);
  });

  test.each([
    ["spec.containers[0].securityContext.runAsUser", "8:7"],
    ["spec.containers[1].securityContext.privileged", "10:7"],
    ["spec.containers[7].image", "6:3"],
    ["spec.hostNetwork", "5:1"],
    ["spec.containers[0].name.first", "7:7"],
    ["metadata.name", "3:1"],
    ["constructor", "3:1"],
  ])("%j is absent: its nearest ancestor stands at %s", (path, place) => {
    expect(locate(POD, path)).toBe(place);
  });

  test("lines count from where the text begins in its file; columns survive CRLF", () => {
    expect(locate(POD.replaceAll("\n", "\r\n"), "spec.containers[0].name", { firstLine: 41 })).toBe("47:7");
  });

  test("of several documents in one text, the right one", () => {
    const text = "a: 1\n...\nb: 2\na: 3\n";
    expect(locate(text, "a", { ordinal: 1 })).toBe("4:1");
  });
});

describe("aliases and merge keys lead to where the value is written", () => {
  const text = `x: &x
  privileged: true
spec:
  direct: *x
  merged:
    <<: *x
    own: 1
  list: [*x]
  overridden: {privileged: false, <<: *x}
`;
  test.each([
    ["spec.direct", "4:3"],
    ["spec.direct.privileged", "2:3"],
    ["spec.merged.privileged", "2:3"],
    ["spec.merged.own", "7:5"],
    ["spec.list[0].privileged", "2:3"],
    ["spec.overridden.privileged", "2:3"],
  ])("%j: %s", (path, place) => {
    expect(locate(text, path)).toBe(place);
  });
});

test("JSON, on one line and on several", () => {
  expect(locate('{"spec": {"containers": [{"name": "a"}, {"name": "b"}]}}', "spec.containers[1].name")).toBe(
    "1:42",
  );
  expect(locate('{\n\t"spec": {\n\t\t"a": [\n\t\t\t1\n\t\t]\n\t}\n}', "spec.a[0]")).toBe("4:4");
});

test("tags and anchors belong to the value", () => {
  expect(locate("- &a !!map\n  k: v\n- !!str x\n", "[1]")).toBe("3:3");
  expect(locate("- &a !!map\n  k: v\n", "[0]")).toBe("1:3");
});

describe("paths", () => {
  test.each([
    [["spec", "containers", 0, "image"], "spec.containers[0].image"],
    [[2, "a"], "[2].a"],
    [["metadata", "annotations", "a.b/c-d"], 'metadata.annotations["a.b/c-d"]'],
    [["a", ""], 'a[""]'],
    [["a", 'q"\\\n\u202e'], 'a["q\\"\\\\\\n\\u202e"]'],
    [["my-key"], '["my-key"]'],
  ])("%j is written %s, and back", (segments, path) => {
    expect(formatPath(segments)).toBe(path);
    expect(parsePath(path)).toEqual(segments);
  });

  test("what cannot be read ends a path", () => {
    expect(parsePath("spec.containers[x].name")).toEqual(["spec", "containers"]);
  });
});
