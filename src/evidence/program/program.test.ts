import { describe, expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { EntryRecorder } from "../../image/layer/entries.ts";
import { RootFs } from "../../image/rootfs/root-fs.ts";
import type { TarMember } from "../../image/tar/member.ts";
import { programOf } from "./program.ts";

const ENVIRONMENT = { path: "/usr/local/bin:/usr/bin:/bin", workingDir: "/app" };

/** Files by path: the text of a script, `→ target` of a link, or nothing for a program. */
type Files = Readonly<Record<string, string>>;

const BASE: Files = {
  "/bin": "→ usr/bin",
  "/usr/bin/dash": "",
  "/usr/bin/sh": "→ dash",
  "/usr/bin/bash": "",
  "/usr/bin/env": "",
  "/usr/bin/tini": "",
  "/usr/local/bin/node": "",
  "/usr/local/bin/gosu": "",
};

function trace(argv: readonly string[], files: Files = {}, environment = ENVIRONMENT) {
  const all = { ...BASE, ...files };
  const recorder = new EntryRecorder();
  for (const [path, text] of Object.entries(all)) {
    const isLink = text.startsWith("→ ");
    const member: TarMember = {
      path,
      type: isLink ? "symlink" : "file",
      mode: path.endsWith(".txt") ? 0o644 : 0o755,
      uid: 0,
      gid: 0,
      size: text.length,
      mtime: 0,
      link: isLink ? text.slice(2) : "",
      capability: undefined,
      sparse: false,
      isNullDevice: false,
      afterEnd: false,
    };
    recorder.add(member);
  }
  const root = new RootFs([recorder.entries()]);
  return programOf(argv, environment, root, {
    scriptOf: ({ path }) => all[path] || undefined,
    toolOf: () => undefined,
    callOf: ({ path }) => (all[path]?.includes("sudo") === true ? "sudo" : undefined),
  });
}

/** `name=file` of each step; `name` alone when the image does not hold it. */
function steps(argv: readonly string[], files?: Files, environment?: typeof ENVIRONMENT): string[] {
  return trace(argv, files, environment).steps.map(({ name, file }) =>
    file === undefined ? name : `${name}=${file}`,
  );
}

describe("the program is found as execvp finds it", () => {
  test.each<[string[], string[]]>([
    [[], []],
    [["/usr/bin/dash"], ["/usr/bin/dash=/usr/bin/dash"]],
    [["/bin/sh"], ["/bin/sh=/usr/bin/dash"]],
    [["node", "server.js"], ["node=/usr/local/bin/node"]],
    [["./server"], ["./server=/app/server"]],
    [["bin/run"], ["bin/run=/app/bin/run"]],
    [["missing"], ["missing"]],
    [["/nowhere/x"], ["/nowhere/x"]],
    [["notes.txt"], ["notes.txt"]],
  ])("%j", (argv, expected) => {
    expect(steps(argv, { "/app/server": "", "/app/bin/run": "", "/usr/bin/notes.txt": "" })).toEqual(
      expected,
    );
  });

  test("an empty part of PATH is the working directory", () => {
    const environment = { path: "/usr/bin:", workingDir: "/app" };
    expect(steps(["server"], { "/app/server": "" }, environment)).toEqual(["server=/app/server"]);
  });

  test("a directory is no program", () => {
    expect(steps(["/usr"])).toEqual(["/usr"]);
  });

  test("its metadata is the file's, and its script is given", () => {
    const [step] = trace(["/run.sh"], { "/run.sh": "#!/bin/sh\necho\n" }).steps;
    expect(step).toEqual({
      name: "/run.sh",
      file: "/run.sh",
      mode: 0o755,
      uid: 0,
      gid: 0,
      script: "#!/bin/sh\necho\n",
    });
  });
});

describe("the interpreter of a script", () => {
  test.each([
    ["#!/bin/sh", ["/bin/sh=/usr/bin/dash"]],
    ["#! /bin/bash -e", ["/bin/bash=/usr/bin/bash"]],
    ["#!/usr/bin/env node", ["/usr/bin/env=/usr/bin/env", "node=/usr/local/bin/node"]],
    ["#!/usr/bin/env -S node --import x", ["/usr/bin/env=/usr/bin/env", "node=/usr/local/bin/node"]],
    ["#!/usr/bin/env -S A=b node", ["/usr/bin/env=/usr/bin/env", "node=/usr/local/bin/node"]],
    // As Linux has it: a script with DOS line ends does not start.
    ["#!/bin/sh\r", ["/bin/sh\r"]],
    ["#!/missing", ["/missing"]],
    ["# no interpreter", []],
  ])("%j", (line, expected) => {
    expect(steps(["/run"], { "/run": `${line}\n` })).toEqual(["/run=/run", ...expected]);
  });
});

describe("what starts something else is followed", () => {
  test.each<[string[], string[]]>([
    [
      ["tini", "--", "node", "x"],
      ["tini=/usr/bin/tini", "node=/usr/local/bin/node"],
    ],
    [
      ["/usr/bin/env", "-u", "HOME", "A=1", "node"],
      ["/usr/bin/env=/usr/bin/env", "node=/usr/local/bin/node"],
    ],
    [
      ["tini", "-g", "--", "gosu", "app:app", "node"],
      ["tini=/usr/bin/tini", "gosu=/usr/local/bin/gosu", "node=/usr/local/bin/node"],
    ],
    [
      ["sh", "-c", "exec node server.js"],
      ["sh=/usr/bin/dash", "node=/usr/local/bin/node"],
    ],
    [
      ["sh", "-ec", "node server.js"],
      ["sh=/usr/bin/dash", "node=/usr/local/bin/node"],
    ],
    [
      ["sh", "-c", "a && b"],
      ["sh=/usr/bin/dash", "b"],
    ],
    [
      ["busybox", "sh", "-c", "exec node x"],
      ["busybox", "node=/usr/local/bin/node"],
    ],
    // What node and pnpm load is no program that execve would find.
    [["node", "server.js"], ["node=/usr/local/bin/node"]],
    [["pnpm", "exec", "next"], ["pnpm"]],
    [["sh", "$FILE"], ["sh=/usr/bin/dash"]],
    [
      ["sh", "-c", 'exec "$@"', "sh", "node"],
      ["sh=/usr/bin/dash", "node=/usr/local/bin/node"],
    ],
    [["gosu", "app"], ["gosu=/usr/local/bin/gosu"]],
  ])("%j", (argv, expected) => {
    expect(steps(argv)).toEqual(expected);
  });

  test("a script that is given to a shell lies in the working directory", () => {
    expect(steps(["bash", "-e", "run.txt"], { "/app/run.txt": "exec node\n" })).toEqual([
      "bash=/usr/bin/bash",
      "run.txt=/app/run.txt",
      "node=/usr/local/bin/node",
    ]);
  });

  test.each<[string, string[]]>([
    ['exec "$@"', ["gosu=/usr/local/bin/gosu", "node=/usr/local/bin/node"]],
    ["exec ${@}", ["gosu=/usr/local/bin/gosu", "node=/usr/local/bin/node"]],
    ['exec tini -- \\\n  node "x y"', ["tini=/usr/bin/tini", "node=/usr/local/bin/node"]],
    ["if true; then exec node; fi", ["node=/usr/local/bin/node"]],
    ["A=1 exec -a name node", ["node=/usr/local/bin/node"]],
    ["  exec 'node' # exec tini", ["node=/usr/local/bin/node"]],
    ['exec "$2" x', ["app"]],
    ["exec 3>&1", []],
    ["exec > /dev/null", []],
    ["echo exec node", []],
    ["# exec node", []],
    ["exec $PROGRAM", ["$PROGRAM"]],
    ["node server.js", ["node=/usr/local/bin/node"]],
    ["tini & exec node", ["tini=/usr/bin/tini", "node=/usr/local/bin/node"]],
    [
      'set -- tini -- "$@"\nexec "$@"',
      ["tini=/usr/bin/tini", "gosu=/usr/local/bin/gosu", "node=/usr/local/bin/node"],
    ],
    ['main() { exec node "$@"; }\nmain', ["node=/usr/local/bin/node"]],
    ['exec ""', []],
    ['exec "$0" again', ["/run.sh=/run.sh"]],
  ])("a shell script with %j", (line, expected) => {
    const files = { "/run.sh": `#!/bin/sh\nset -e\n${line}\n` };
    expect(steps(["/run.sh", "gosu", "app", "node"], files)).toEqual([
      "/run.sh=/run.sh",
      "/bin/sh=/usr/bin/dash",
      ...expected,
    ]);
  });

  test("the exec of a script in another language is not the shell's", () => {
    expect(steps(["/run"], { "/run": "#!/usr/bin/env node\nexec tini\n" })).toHaveLength(3);
  });

  describe("the scripts that a script calls or reads are steps, its tools are not", () => {
    const LIBRARY = { "/app/lib.sh": "serve() { exec node; }\n" };
    const MIGRATE = { "/app/migrate.sh": "#!/bin/bash\ntini --version\n" };
    const migrated = ["/bin/bash=/usr/bin/bash", "tini=/usr/bin/tini"];

    test.each<[string, Files, string[]]>([
      ["./migrate.sh\n:", MIGRATE, ["./migrate.sh=/app/migrate.sh", ...migrated]],
      [
        "gosu app ./migrate.sh || exit 1",
        MIGRATE,
        ["gosu=/usr/local/bin/gosu", "./migrate.sh=/app/migrate.sh", ...migrated],
      ],
      [
        "env A=1 ./migrate.sh\n:\nexec node",
        MIGRATE,
        ["./migrate.sh=/app/migrate.sh", ...migrated, "node=/usr/local/bin/node"],
      ],
      [
        "bash -e migrate.sh\nexec node",
        MIGRATE,
        ["migrate.sh=/app/migrate.sh", ...migrated, "node=/usr/local/bin/node"],
      ],
      ["sh -c 'exec tini'\nexec node", {}, ["tini=/usr/bin/tini", "node=/usr/local/bin/node"]],
      [". ./lib.sh\nserve", LIBRARY, ["./lib.sh=/app/lib.sh", "node=/usr/local/bin/node"]],
      ["source lib.sh\nserve", LIBRARY, ["lib.sh=/app/lib.sh", "node=/usr/local/bin/node"]],
      [". ./absent.sh\n. $LIB\nbash $X\nexec node", {}, ["node=/usr/local/bin/node"]],
      ["which node\nexec node", { "/usr/bin/which": "#!/bin/sh\nexec tini\n" }, ["node=/usr/local/bin/node"]],
      [
        "prepare\nexec node",
        { "/usr/local/bin/prepare": "#!/bin/sh\n" },
        ["prepare=/usr/local/bin/prepare", "node=/usr/local/bin/node"],
      ],
    ])("%j", (line, files, expected) => {
      const script = { "/run.sh": `#!/bin/sh\n${line}\n` };
      expect(steps(["/run.sh"], { ...files, ...script })).toEqual([
        "/run.sh=/run.sh",
        "/bin/sh=/usr/bin/dash",
        ...expected,
      ]);
    });

    test("a script that is read sees the arguments around it", () => {
      const files = { "/run.sh": "#!/bin/sh\n. ./start.sh\n", "/app/start.sh": 'exec "$@"\n' };
      expect(steps(["/run.sh", "node"], files).at(-1)).toBe("node=/usr/local/bin/node");
      const given = { ...files, "/run.sh": "#!/bin/sh\n. ./start.sh tini\n" };
      expect(steps(["/run.sh", "node"], given).at(-1)).toBe("tini=/usr/bin/tini");
    });
  });
});

describe("a start that is not followed to its end says so", () => {
  const RETURNING = "#!/bin/sh\nexec node\n";

  test.each<[string, Files]>([
    [
      "scripts that call each other",
      { "/a": '#!/bin/sh\nexec /b "$@" x\n', "/b": '#!/bin/sh\nexec /a "$@" x\n' },
    ],
    ["wrappers behind one another", { "/a": `#!/bin/sh\n${"env ".repeat(100)}./x\n:\n` }],
    [
      "more scripts than any start has",
      {
        "/a": `#!/bin/sh\n${Array.from({ length: 200 }, (_, n) => `/b ${n}\n`).join("")}`,
        "/b": "#!/bin/sh\n",
      },
    ],
    [
      "a script that is longer than what is kept",
      { "/a": `${RETURNING}#${"x".repeat(LIMITS.scriptBytes)}\n` },
    ],
    ["arguments that double", { "/a": `#!/bin/sh\n${'set -- "$@" "$@"\n'.repeat(40)}exec "$@"\n` }],
    ["conditions beyond measure", { "/a": `#!/bin/sh\n${"if a; then\n".repeat(2_000)}` }],
  ])("%s", (_, files) => {
    const program = trace(["/a", "y"], files);
    expect(program.cut).toBe(true);
    expect(program.steps[0]?.name).toBe("/a");
    expect(program.steps.length).toBeLessThanOrEqual(LIMITS.startSteps);
  });

  test("more names looked up than any script has: LIMITS.startLookups", () => {
    const environment = { path: "/opt/x:".repeat(50), workingDir: "/app" };
    const program = trace(
      ["/a"],
      { "/a": `#!/bin/sh\n${"a\n".repeat(LIMITS.startLookups / 50 + 1)}` },
      environment,
    );
    expect(program).toMatchObject({ cut: true, steps: [{ name: "/a" }, { name: "/bin/sh" }, { name: "a" }] });
  });

  test("LIMITS.startDepth counts programs in a row, with the last one's interpreter", () => {
    const files = { "/a": '#!/bin/sh\nexec /b "$@" x\n', "/b": '#!/bin/sh\nexec /a "$@" x\n' };
    expect(steps(["/a"], files).filter((step) => step.startsWith("/bin/sh"))).toHaveLength(1);
    expect(steps(["/a"], files)).toHaveLength(LIMITS.startDepth + 1);
  });

  test("an ordinary one does not", () => {
    expect(trace(["/a"], { "/a": RETURNING })).not.toHaveProperty("cut");
  });
});

test("the file that BASH_ENV or ENV names is read by the shells that heed it", () => {
  const files = { "/app/vars": "A=1\n", "/app/start": "#!/bin/bash\nexec node x.js\n" };
  const environment = { ...ENVIRONMENT, env: ["BASH_ENV=/app/vars", "ENV=/app/none"] };
  expect(steps(["bash", "-c", "exec node x.js"], files, environment)).toEqual([
    "bash=/usr/bin/bash",
    "/app/vars=/app/vars",
    "node=/usr/local/bin/node",
  ]);
  expect(steps(["/app/start"], files, environment)).toContain("/app/vars=/app/vars");
  expect(steps(["sh", "-c", "exec node x.js"], files, environment)).not.toContain("/app/vars=/app/vars");
  expect(steps(["sh", "-ic", "exec node x.js"], files, environment)).toEqual([
    "sh=/usr/bin/dash",
    "node=/usr/local/bin/node",
  ]);
});
