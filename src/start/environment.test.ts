import { expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { startScript } from "../../test/fixtures/start-script.ts";
import { environment } from "./environment.ts";
import { startedCommands } from "./started-commands.ts";

function values(image: Parameters<typeof environment>[0]): Readonly<Record<string, string>> {
  const variables = environment(image, startedCommands(image)).values();
  return Object.fromEntries([...variables].map(({ name, value }) => [name, value]));
}

test("the last ENV of a name wins, values may hold =, and an entry without one sets nothing", () => {
  const image = imageFacts({ config: { env: ["A=1", "A=2", "B=x=y", "C"] } });
  expect(values(image)).toEqual({ A: "2", B: "x=y" });
});

test("what a script exports or passes to a command counts, what stays in the shell does not", () => {
  const script = 'export A=1 B\nC=2\nD=3 app\nE=5\nif [ -n "$X" ]; then export F=6; fi';
  const image = startScript(script, { config: { env: ["E=4"] } });
  expect(values(image)).toEqual({ A: "1", D: "3", E: "5" });
});

test("a value that the script computes is not known", () => {
  const image = startScript("export A=$(hostname) B=`x`", { config: { env: ["A=1", "B=2", "C=3"] } });
  expect(values(image)).toEqual({ C: "3" });
});

test("a variable says where it was set", () => {
  const image = startScript("export A=1", { config: { env: ["B=2"] } });
  const variables = environment(image, startedCommands(image));
  expect(variables.get("A")?.at).toEqual({ path: "/usr/local/bin/entrypoint.sh", line: 2 });
  expect(variables.get("B")?.at).toEqual({ path: "config.Env[B]" });
});
