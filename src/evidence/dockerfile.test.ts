import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { withoutRoot } from "../../test/fixtures/without-root.ts";
import { dockerfilesIn, isDockerfileName, readDockerfile } from "./dockerfile.ts";

/** A folder with these files. */
function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = temporaryDirectory();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

test.each([
  "Dockerfile",
  "dockerfile",
  "Containerfile",
  "Dockerfile.prod",
  "api.Dockerfile",
  "api.dockerfile",
  "Dockerfile.api-v2",
])("%s is a Dockerfile", (name) => {
  expect(isDockerfileName(name)).toBe(true);
});

test.each([
  ".dockerignore",
  "Dockerfile.dockerignore",
  "Dockerfile.md",
  "Dockerfile~",
  "Dockerfile.bak",
  "Dockerfile.j2",
  "docker-compose.yml",
  "MyDockerfile",
  "Dockerfiles",
  "dockerfile.ts",
])("trap: %s is none", (name) => {
  expect(isDockerfileName(name)).toBe(false);
});

describe("a folder", () => {
  test("gives its Dockerfiles by name; dependencies, history and links in a circle are left out", () => {
    const root = folder({
      Dockerfile: "FROM a",
      "b/api.Dockerfile": "FROM a",
      "b/readme.md": "",
      "node_modules/x/Dockerfile": "FROM a",
      ".git/Dockerfile": "FROM a",
    });
    symlinkSync(root, join(root, "b", "loop"));
    symlinkSync(join(root, "nowhere"), join(root, "b", "Dockerfile.broken"));
    symlinkSync(join(root, "nowhere"), join(root, "b", "other"));
    expect([...dockerfilesIn(root, "app")]).toMatchObject([
      { kind: "file", path: join(root, "Dockerfile"), name: "app/Dockerfile" },
      { kind: "problem", name: "app/b/Dockerfile.broken" },
      { kind: "file", path: join(root, "b/api.Dockerfile"), name: "app/b/api.Dockerfile" },
    ]);
  });

  test("that is not there is a problem", () => {
    expect([...dockerfilesIn("/nowhere/at/all", "x")]).toMatchObject([{ kind: "problem", name: "x" }]);
  });
});

describe("a file", () => {
  test("is read under its name, without byte order mark, whatever its line ends", () => {
    const cwd = folder({ "x/Dockerfile": "\ufeffFROM node\r\nUSER \\\r\n 1000\r\n" });
    const facts = readDockerfile("x/Dockerfile", { cwd });
    expect(facts).toMatchObject({
      file: "x/Dockerfile",
      final: { user: { value: "1000", at: { line: 2, column: 1 } } },
    });
    expect(facts.instructions[0]).toMatchObject({ name: "FROM", line: 1, column: 1 });
    expect(readDockerfile(join(cwd, "x/Dockerfile"), { cwd: "/", name: "D" }).file).toBe("D");
  });

  test.each([
    ["not UTF-8", new Uint8Array([0x46, 0xff]), "UTF-8"],
    ["with NUL bytes", "FROM a\0", "NUL"],
    ["too large", "#".repeat(1024 ** 2 + 1), "dockerfileBytes"],
  ])("%s is refused", (_, content, says) => {
    const cwd = folder({ Dockerfile: content });
    expect(() => readDockerfile("Dockerfile", { cwd })).toThrow(says);
    expect(() => readDockerfile("Dockerfile", { cwd })).toThrow(
      expect.objectContaining({ code: "dockerfile-unreadable", exit: 65 }),
    );
  });

  test("that is missing, or a folder, is refused", () => {
    const cwd = folder({ "d/x": "" });
    expect(() => readDockerfile("Dockerfile", { cwd })).toThrow("no such file");
    expect(() => readDockerfile("d", { cwd })).toThrow("this is a folder, not a file");
  });

  test("base images that were read are looked up", () => {
    const cwd = folder({ Dockerfile: "FROM scratch" });
    expect(readDockerfile("Dockerfile", { cwd, bases: new Map() }).final?.baseKnown).toBe(true);
  });
});

describe("the context", () => {
  test.each([
    [
      "holds settings and history",
      { ".env": "", ".env.example": "", ".git/x": "" },
      "COPY . .",
      { ignored: false, holds: [".env", ".env.example", ".git"], configurations: [] },
    ],
    [
      "has a .dockerignore",
      { ".dockerignore": "" },
      "COPY . .",
      { ignored: true, holds: [], configurations: [] },
    ],
    [
      "has one for this file",
      { "Dockerfile.dockerignore": "" },
      "COPY . .",
      { ignored: true, holds: [], configurations: [] },
    ],
    [
      "is the folder where the sources are",
      { "src/a": "" },
      "COPY src ./\nCOPY --from=x /y /z\nCOPY *.json ../up $X ./",
      { ignored: false, holds: [], configurations: [] },
    ],
  ])("%s", (_, files, copies, expected) => {
    const cwd = folder({ Dockerfile: `FROM a\n${copies}`, ...files });
    expect(readDockerfile("Dockerfile", { cwd }).context).toEqual(expected);
  });

  test("holds files of servers at some depth, those of dependencies apart", () => {
    const files = {
      "a/b/gunicorn.conf.py": "",
      "node_modules/x/vite.config.ts": "",
      "a/b/c/d/e/hugo.toml": "",
    };
    const cwd = folder({ Dockerfile: "FROM a", ...files });
    expect(readDockerfile("Dockerfile", { cwd }).context?.configurations).toEqual(["gunicorn.conf.py"]);
  });

  test("is another folder when a source is not there", () => {
    const cwd = folder({ "docker/Dockerfile": "FROM a\nCOPY package.json ./", "package.json": "" });
    expect(readDockerfile("docker/Dockerfile", { cwd })).not.toHaveProperty("context");
  });

  test("that cannot be listed says nothing", async () => {
    const cwd = folder({ "d/Dockerfile": "FROM a" });
    chmodSync(cwd, 0o755);
    // Neither its owner nor others may list it.
    chmodSync(join(cwd, "d"), 0o311);
    const facts = await withoutRoot(() => readDockerfile("d/Dockerfile", { cwd }));
    chmodSync(join(cwd, "d"), 0o711);
    expect(facts).not.toHaveProperty("context");
  });
});

describe("secrets", () => {
  const TOKEN = "glpat-aB3dEfGh1jKlMnOpQrSt";

  test("are masked wherever they stand, each named where it stands", () => {
    const cwd = folder({
      Dockerfile: `FROM a\nENV NPM_TOKEN=${TOKEN} X=${TOKEN}\nRUN npm config set t ${TOKEN}\nCMD ["x", "${TOKEN}"]\nLABEL t=${TOKEN}\nEXPOSE ${TOKEN}`,
    });
    const facts = readDockerfile("Dockerfile", { cwd });
    expect(JSON.stringify(facts)).not.toContain(TOKEN.slice(6));
    expect(facts.secrets.map(({ instruction, at }) => `${instruction} ${at.line}:${at.column}`)).toEqual(
      expect.arrayContaining(["ENV 2:15", "RUN 3:22", "CMD 4:12", "LABEL 5:9", "EXPOSE 6:8"]),
    );
  });

  test("a value that is also a word of the format leaves the format alone", () => {
    const cwd = folder({ Dockerfile: "FROM a\nENV DB_PASSWORD=shell\nCMD x" });
    expect(readDockerfile("Dockerfile", { cwd }).final?.cmd?.form).toBe("shell");
  });

  test("beyond all measure are refused", () => {
    const lines = Array.from({ length: 201 }, (_, at) => `ENV A${at}_PASSWORD=Zx81kPq2vN${at}`);
    const cwd = folder({ Dockerfile: `FROM a\n${lines.join("\n")}` });
    expect(() => readDockerfile("Dockerfile", { cwd })).toThrow("secretsPerConfig");
  });
});
