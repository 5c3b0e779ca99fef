import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { fileFacts, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { fileCapabilities } from "./1.1-file-capabilities.ts";

/** The xattr of linux/capability.h: revision, effective flag, low and high words of the permitted set. */
function xattr(revision: number, effective: boolean, low: number, high = 0): string {
  const words = [
    (revision << 24) | (effective ? 1 : 0),
    low,
    0,
    ...(revision > 1 ? [high, 0] : []),
    ...(revision > 2 ? [1000] : []),
  ];
  const bytes = new DataView(new ArrayBuffer(words.length * 4));
  for (const [index, word] of words.entries()) bytes.setUint32(index * 4, word, true);
  return Buffer.from(bytes.buffer).toString("hex");
}

function check(capability: string | undefined) {
  const step = { name: "app", file: "/usr/bin/app", ...(capability === undefined ? {} : { capability }) };
  return checkRule(fileCapabilities, { image: imageFacts({ config: { cmd: ["app"] }, steps: [step] }) });
}

const NET_BIND_SERVICE = 1 << 10;

describe("effective capabilities: the program cannot start", () => {
  test.each([1, 2, 3])("in revision %i", (revision) => {
    expect(check(xattr(revision, true, NET_BIND_SERVICE))).toMatchObject({
      status: "fail",
      findings: [{ at: { path: "/usr/bin/app" }, message: { en: expect.stringContaining("0x400") } }],
    });
  });

  test("above the 32nd (CAP_BPF is 39)", () => {
    expect(check(xattr(2, true, 0, 1 << 7))).toMatchObject({
      findings: [{ message: { en: expect.stringContaining("0x8000000000") } }],
    });
  });

  test.each(["", "00", "0100000200", xattr(4, false, 1)])(
    "an xattr that the kernel cannot read: %j",
    (hex) => {
      expect(check(hex).status).toBe("fail");
    },
  );
});

test("permitted capabilities only: it starts, with a note", () => {
  const outcome = check(xattr(2, false, NET_BIND_SERVICE));
  expect(outcome).toMatchObject({
    status: "pass",
    notes: [{ message: { en: expect.stringContaining("permitted") } }],
  });
});

test("an empty set withholds nothing", () => {
  expect(check(xattr(2, true, 0))).toMatchObject({ status: "pass", notes: [] });
});

test("without capabilities it passes and names the program", () => {
  expect(check(undefined)).toMatchObject({
    status: "pass",
    proof: { en: expect.stringContaining("/usr/bin/app") },
  });
});

test("of a script, the interpreter's file counts", () => {
  const steps = [
    { name: "run", file: "/run.sh", script: "#!/bin/sh\n", capability: xattr(2, true, 1) },
    { name: "/bin/sh", file: "/bin/busybox" },
  ];
  expect(checkRule(fileCapabilities, { image: imageFacts({ steps }) }).status).toBe("pass");
  const capable = steps.map((step) => ({ ...step, capability: xattr(2, true, 1) }));
  expect(checkRule(fileCapabilities, { image: imageFacts({ steps: capable }) })).toMatchObject({
    findings: [{ at: { path: "/bin/busybox" } }],
  });
});

test("an image without a command starts nothing", () => {
  expect(checkRule(fileCapabilities, { image: imageFacts({ steps: [] }) }).status).toBe("n/a");
});

describe("a start that is not known to its end", () => {
  const effective = xattr(2, true, NET_BIND_SERVICE);
  const app = { name: "app", file: "/usr/bin/app" };
  const program = { argv: ["app"], path: "/usr/bin", steps: [app] };

  const unknown = [
    ["a program that the image does not hold", imageFacts({ steps: [app, { name: "ghost" }] }), "ghost"],
    ["a name that the shell computes", imageFacts({ steps: [app, { name: "$JAVA/bin/java" }] }), "$JAVA"],
    ["a bound", imageFacts({ facts: { program: { ...program, cut: true } } }), "startDepth"],
  ] as const;

  test.each(unknown)("%s: unproven when a file has effective capabilities", (_, image, named) => {
    const files = [fileFacts({ path: "/usr/bin/node", capability: effective })];
    expect(checkRule(fileCapabilities, { image: asMasked({ ...image, files }) })).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining(named), fr: expect.stringContaining("/usr/bin/node") },
    });
  });

  test.each(unknown)("%s: proven when no file has any", (_, image) => {
    const harmless = [
      fileFacts({ path: "/bin/a" }),
      fileFacts({ path: "/bin/b", capability: effective, hidden: true }),
      fileFacts({ path: "/bin/c", capability: effective, type: "directory" }),
      fileFacts({ path: "/bin/d", capability: xattr(2, false, 1) }),
    ];
    expect(checkRule(fileCapabilities, { image: asMasked({ ...image, files: harmless }) }).status).toBe(
      "pass",
    );
  });

  test("a start that is known passes whatever else the image holds", () => {
    const image = imageFacts({ steps: [app], files: [{ path: "/usr/bin/ping", capability: effective }] });
    expect(checkRule(fileCapabilities, { image }).status).toBe("pass");
  });
});

test("nothing but missing programs: the proof says what was found", () => {
  expect(checkRule(fileCapabilities, { image: imageFacts({ steps: [{ name: "app" }] }) })).toMatchObject({
    status: "pass",
    proof: { en: expect.stringContaining("no program of the start found") },
  });
});

test("what a layer that was not read may hold is not known", () => {
  const image = imageFacts({ layers: [{}, { unread: { fr: "foreign layer", en: "foreign layer" } }] });
  expect(checkRule(fileCapabilities, { image }).status).toBe("unproven");
});
