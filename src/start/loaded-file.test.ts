import { describe, expect, test } from "vitest";
import { inlineCode, loadedBehind, loadedFile } from "./loaded-file.ts";

describe("the file that a language loads", () => {
  test.each([
    ["python3 /app/portal.py", "/app/portal.py"],
    ["python3.12 -u -X dev portal.py x", "portal.py"],
    ["python -m portal.web", "portal.web"],
    ["node --enable-source-maps -r dotenv/config dist/main.js", "dist/main.js"],
    ["node .", "."],
    ["bun run index.ts", "index.ts"],
    ["deno run --allow-net main.ts", "main.ts"],
    ["ruby -I lib portal", "portal"],
    ["perl start.pl", "start.pl"],
    ["php -d x=1 -S 0.0.0.0:80 portal.php", "portal.php"],
    ["tsx src/x.ts", "src/x.ts"],
  ])("%s", (line, name) => {
    expect(loadedFile(line.split(" "))?.name).toBe(name);
  });

  test.each([
    "node",
    "bun",
    "deno",
    "python -c x",
    "node -e x y.js",
    "cat x.py",
    "python -m",
    "python -m a/b",
    "perl -e 1",
  ])("%s loads none", (line) => {
    expect(loadedFile(line.split(" "))).toBeUndefined();
  });

  test("as the language looks for it", () => {
    expect(loadedFile(["python", "-m", "a.b"])?.candidates).toEqual(["a/b.py", "a/b/__main__.py"]);
    expect(loadedFile(["node", "dist/main"])?.candidates).toContain("dist/main.js");
  });
});

test("behind wrappers", () => {
  expect(loadedBehind("tini -- poetry run python app.py".split(" "))?.name).toBe("app.py");
  expect(loadedBehind("tini -- /server".split(" "))).toBeUndefined();
  expect(loadedBehind("node -e x".split(" "))).toBeUndefined();
});

test("code in an argument", () => {
  expect(inlineCode(["python", "-uc", "x()"])).toBe("x()");
  expect(inlineCode(["node", "-e", "x()"])).toBe("x()");
  expect(inlineCode(["sh", "-c", "x"])).toBeUndefined();
});
