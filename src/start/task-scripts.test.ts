import { describe, expect, test } from "vitest";
import { taskScript } from "./task-scripts.ts";

function script(line: string, files: Readonly<Record<string, string>>) {
  const found = taskScript(line.split(" "), "/app", (path) => files[path]);
  return found === undefined || found === "unread" ? found : found.script;
}

describe("make", () => {
  const make = (text: string, line = "make run") => script(line, { "/app/Makefile": text });

  test.each([
    ["a recipe", "run:\n\tsudo x\n", "sudo x"],
    ["what it needs, before", "build:\n\ta\nrun: build other.txt\n\tb\n", "a\nb"],
    ["marks", "run:\n\t@echo x\n\t-sudo y\n\t@-z\n", "echo x\nsudo y || true\nz || true"],
    ["variables", "RUN = sudo -E\nrun:\n\t$(RUN) x $$HOME ${OTHER}\n", "sudo -E x $HOME ${OTHER}"],
    ["lines that go on", "run:\n\ta \\\n\t  b\n", "a b"],
    ["on its own line", "run: ; sudo x\n", " sudo x"],
    [".PHONY", ".PHONY: run\nrun:\n\ta\n", "a"],
    ["several targets", "x run:\n\ta\n", "a"],
  ])("%s", (_, text, expected) => {
    expect(make(text)?.trim()).toBe(expected.trim());
  });

  test("its first target, another file, another folder, a variable of the command", () => {
    expect(make(".PHONY: a\na:\n\tx\nb:\n\ty\n", "make")).toBe("x");
    expect(script("make -f dev.mk a", { "/app/dev.mk": "a:\n\tx\n" })).toBe("x");
    expect(script("make --file=dev.mk a", { "/app/dev.mk": "a:\n\tx\n" })).toBe("x");
    expect(make("run:\n\t$(MAKE) $(X)\nX = y\n")).toBe("make y");
    expect(script("make -C srv a", { "/app/srv/Makefile": "a:\n\tx\n" })).toBe("x");
    expect(make("R=a\nrun:\n\t$(R) x\n", "make R=sudo run")).toBe("sudo x");
  });

  test.each([
    ["no such target", "other:\n\tx\n"],
    ["what it includes", "include x.mk\nrun:\n\tx\n"],
    ["what it defines", "define X\nendef\nrun:\n\tx\n"],
    ["nothing", ""],
  ])("unread: %s", (_, text) => {
    expect(make(text)).toBe("unread");
  });

  test("unread: no makefile", () => {
    expect(script("make run", {})).toBe("unread");
  });

  test("a rule that needs itself ends", () => {
    expect(make("run: run\n\ta\n")).toMatch(/^a/);
  });
});

describe("a Procfile", () => {
  const files = { "/app/Procfile": "# x\nweb: sudo x\nworker: y\n", "/app/P": "web: z\n" };

  test.each([
    ["honcho start", "sudo x\ny"],
    ["foreman start worker", "y"],
    ["honcho -f P start", "z"],
    ["hivemind", "sudo x\ny"],
    ["overmind web", "sudo x"],
    ["honcho start other", "unread"],
    ["npm start", undefined],
    ["node x", undefined],
  ])("%s", (line, expected) => {
    expect(script(line, files)).toBe(expected);
  });

  test("that is not there", () => {
    expect(script("honcho start", {})).toBe("unread");
  });
});

test("a package's script", () => {
  expect(script("npm start", { "/app/package.json": '{"scripts":{"start":"sh ./x.sh"}}' })).toBe("sh ./x.sh");
});
