import { describe, expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { parseDockerfile } from "./parse-dockerfile.ts";

function parse(text: string) {
  return parseDockerfile(text, { file: "Dockerfile" });
}

function finalOf(text: string) {
  const { final, refused } = parse(text);
  expect(refused).toEqual([]);
  if (final === undefined) throw new Error("no final stage");
  return final;
}

/** Errors reported, as `code line:column`. */
function refusals(text: string): readonly string[] {
  return parse(text).refused.map(({ code, at }) => `${code} ${at.line}:${at.column}`);
}

describe("what BuildKit refuses has its line and column", () => {
  test.each([
    ["", "empty 1:1"],
    ["# FROM node", "empty 1:1"],
    ["ARG A", "empty 1:1"],
    ["FROM node\nRUN a\n  && b", "unknown-instruction 3:3"],
    ["FROM node\nNPM ci", "unknown-instruction 2:1"],
    ["FROM node\n__proto__ x", "unknown-instruction 2:1"],
    ["FROM node\nUSER\u00a01000", "unknown-instruction 2:1"],
    ["RUN a\nFROM node", "before-from 1:1"],
    ["FROM", "from 1:1"],
    ["FROM node AS", "from 1:1"],
    ["FROM node with x", "from 1:1"],
    ["FROM node AS a b", "from 1:1"],
    ["FROM node AS 1a", "stage-name 1:14"],
    ["ARG A\nARG B=\nFROM ${B}", "base-name 3:6"],
    ["FROM node\nRUN <<EOF\nx", "heredoc 2:1"],
    ["FROM node\nCOPY <<-EOF /x\n a", "heredoc 2:1"],
    ["FROM node\nUSER", "arguments 2:1"],
    ["FROM node\nWORKDIR", "arguments 2:1"],
    ["FROM node\nEXPOSE", "arguments 2:1"],
    ["FROM node\nONBUILD", "arguments 2:1"],
    ["FROM node\nCOPY a", "arguments 2:1"],
    ["FROM node\nENV", "arguments 2:1"],
    ["FROM node\nENV A", "pair 2:5"],
    ["FROM node\nENV A=1 B", "pair 2:9"],
    ["FROM node\nLABEL A=1 =2", "pair 2:11"],
    ['FROM node\nCMD ["a", 1]', "json 2:5"],
    ["FROM node\nSHELL /bin/bash", "shell 2:1"],
    ["FROM node\nSHELL []", "shell 2:1"],
    ["FROM node\nHEALTHCHECK", "healthcheck 2:1"],
    ["FROM node\nHEALTHCHECK curl x", "healthcheck 2:1"],
    ["FROM node\nHEALTHCHECK CMD", "arguments 2:1"],
    ["FROM node\nHEALTHCHECK NONE x", "arguments 2:1"],
    ["FROM node\nONBUILD FROM x", "onbuild 2:9"],
    ["FROM node\nONBUILD ONBUILD RUN x", "onbuild 2:9"],
    ["FROM node\nONBUILD NOPE", "unknown-instruction 2:9"],
    ["FROM node\nONBUILD USER", "arguments 2:9"],
    ["FROM node\nCOPY --form=a b c", "flag 2:6"],
    ["FROM node\nCOPY --from b c", "flag 2:6"],
    ["FROM node\nCOPY --from=a --from=b c d", "flag 2:15"],
    ["FROM node\nCMD --x node", "flag 2:5"],
    ["FROM node\nUSER ${A", "substitution 2:6"],
    ["FROM node\nUSER ${A^b}", "substitution 2:6"],
    ["FROM scratch\nUSER ${A:?needed}", "substitution 2:6"],
    ['FROM node\nUSER "a', "substitution 2:6"],
    ["FROM node\nUSER 'a", "substitution 2:6"],
    ["FROM node\nCOPY --from=0 a b", "copy-from 2:1"],
    ["# escape=x\nFROM node", "escape 1:1"],
    ["# escape=\\\n# escape=`\nFROM node", "directive 2:1"],
  ])("%j", (text, expected) => {
    expect(refusals(text)[0]).toBe(expected);
  });

  test("the message shows what was written, harmless and short", () => {
    const [first] = parse(`FROM a\n${"\u202e\u001b[2J".repeat(50)}`).refused;
    expect(first?.message.fr).toContain("instruction inconnue");
    expect(first?.message.en).not.toContain("\u202e");
    expect(first?.message.en).not.toContain("\u001b");
    expect(first?.message.en.length).toBeLessThan(1_000);
    expect(parse(`FROM a\nNOPE${"x".repeat(5_000)}`).refused[0]?.message.en.length).toBeLessThan(200);
  });
});

describe("what BuildKit accepts", () => {
  test.each([
    "from node\nrun a",
    "FROM --platform=$BUILDPLATFORM node AS Build\nFROM build",
    "ARG A=node\nFROM ${A:-x}",
    "ARG A\nFROM ${A:-node}",
    "FROM node\nENV A b c\nLABEL a b",
    'FROM node\nENV A="b c" D=e\\ f',
    "FROM node\nHEALTHCHECK --interval=1s CMD curl x\nHEALTHCHECK NONE",
    'FROM node\nCMD []\nSHELL ["a"]\nMAINTAINER x y',
    "FROM node\nRUN --mount=type=cache,target=/a --mount=type=bind,target=/b x",
    "FROM node\nCOPY --link --parents --exclude=a --exclude=b c d",
    "FROM node\nCOPY -- a b",
    "FROM node\nCMD [ -f x ] && y",
    "FROM node\nUSER $",
    "FROM node\nUSER a$",
    "FROM node AS a\nFROM node\nCOPY --from=0 a b\nCOPY --from=nginx:1 a b\nCOPY --from=$X a b",
    "FROM node\nRUN a \\\n\n  # comment\n  b",
    "FROM node\nRUN echo \\\\\nRUN x",
    "FROM node\nRUN cat <<EOF <<-OTHER\n1\nEOF\n\t2\n\tOTHER",
    "FROM node\nRUN echo $((1<<2)) && cat <<< x",
    'FROM node\nRUN ["sh", "-c", "cat <<EOF"]',
    "FROM node\nRUN echo '<<EOF'",
    "FROM node\nRUN a \\",
    "# syntax=docker/dockerfile:1\n# check=skip=all\n# other=1\nFROM node",
  ])("%j", (text) => {
    expect(refusals(text)).toEqual([]);
  });

  test("a list in single quotes is no JSON, and odd", () => {
    const { odd, refused } = parse("FROM node\nCMD ['a']\nONBUILD ENTRYPOINT ['a']\nRUN [ -f x ]");
    expect(refused).toEqual([]);
    expect(odd.map(({ code, at }) => [code, at.line])).toEqual([
      ["not-json", 2],
      ["not-json", 3],
    ]);
  });
});

describe("lines", () => {
  test("a byte position of each instruction, whatever stands between its lines", () => {
    const { instructions, final } = parse("\n  FROM node\r\nENV A=1 \\\r\n# c\r\n\r\n   B=2\r\n");
    expect(instructions.map(({ name, line, column, endLine }) => [name, line, column, endLine])).toEqual([
      ["FROM", 2, 3, 2],
      ["ENV", 3, 1, 6],
    ]);
    expect(final?.env.map(({ at }) => at)).toEqual([
      { line: 3, column: 5 },
      { line: 6, column: 4 },
    ]);
  });

  test("the escape directive changes what joins lines and protects characters", () => {
    const final = finalOf("# escape=`\nFROM node\nENV A=C:\\x `\n  B=`$x\nCMD a `\n b");
    expect(final.env.map(({ value }) => value)).toEqual(["C:\\x", "$x"]);
    expect(final.cmd?.words).toEqual(["/bin/sh", "-c", "a  b"]);
  });

  test("a directive behind anything else is a comment", () => {
    expect(finalOf("# x\n# escape=`\nFROM node\nUSER \\a").user?.value).toBe("a");
  });

  test("a directive may be as long as it likes, as for BuildKit", () => {
    expect(finalOf(`#${" ".repeat(2_000)}escape=\`\nFROM node\nUSER \\a`).user?.value).toBe("\\a");
    expect(finalOf(`#escape=\`${" ".repeat(2_000)}\r\nFROM node\nUSER \\a`).user?.value).toBe("\\a");
  });
});

describe("variables", () => {
  test.each([
    ["FROM scratch\nENV A=1\nUSER $A", "1"],
    ["FROM scratch\nENV A=1\nUSER ${A}2", "12"],
    ["FROM scratch\nENV A=1\nUSER '$A'", "$A"],
    ['FROM scratch\nENV A=1\nUSER "$A:\\$A\\x\\""', '1:$A\\x"'],
    ["FROM scratch\nENV A=1\nUSER \\$A", "$A"],
    ["FROM scratch\nUSER ${A:-b}", "b"],
    ["FROM scratch\nUSER ${A-b}", "b"],
    ["FROM scratch\nENV A=\nUSER ${A-b}", ""],
    ["FROM scratch\nENV A=\nUSER ${A:-b}", "b"],
    ["FROM scratch\nENV A=1\nUSER ${A:-$X}", "1"],
    ["FROM scratch\nENV A=1\nUSER ${A:+b}", "b"],
    ["FROM scratch\nUSER ${A:+b}c", "c"],
    ["FROM scratch\nENV A=1\nUSER ${A:?x}", "1"],
    ["FROM scratch\nUSER ${A:-${B:-c}}", "c"],
    ["FROM scratch\nENV A=abc\nUSER ${A#a}", "${A#a}"],
    ["FROM scratch\nUSER ${A%a}x", "x"],
    ["FROM scratch\nENV A=1 B=$A\nUSER x$B", "x"],
    ["FROM scratch\nENV A=1\nENV A=2 B=$A\nUSER $B", "1"],
    ["FROM scratch\nARG A=1\nENV A=2\nUSER $A", "2"],
    ["ARG A=1\nFROM scratch\nARG A\nUSER $A", "1"],
    ["ARG A=1\nFROM scratch\nUSER x$A", "x"],
    ["ARG A=1\nARG B=$A\nFROM scratch\nARG B\nUSER $B", "1"],
    ["FROM scratch\nUSER $1x", "x"],
  ])("%j gives %j", (text, value) => {
    expect(finalOf(text).user?.value).toBe(value);
  });

  test.each([
    ["FROM node\nUSER $A", ["A"]],
    ["FROM node\nUSER ${A:-x}", ["A"]],
    ["FROM scratch\nARG A\nUSER $A", ["A"]],
    ["FROM scratch\nARG A=$B\nARG C=1\nUSER $C", []],
    ["FROM node\nARG A=$B\nUSER $A", ["B"]],
    ["FROM node\nARG A=$B\nUSER ${A:-x}", ["A"]],
    ["FROM node\nENV A=1\nUSER ${A:-$B}", []],
    ["FROM node\nENV A=1\nUSER $B${A:-$B}", ["B"]],
  ])("%j leaves %j unknown", (text, unknown) => {
    expect(finalOf(text).user?.unknown).toEqual(unknown);
  });

  test("the platform of the build is unknown, not empty", () => {
    const { stages } = parse("FROM --platform=$TARGETPLATFORM node:$TARGETARCH");
    expect(stages[0]).toMatchObject({ base: { unknown: ["TARGETARCH"] }, platform: "$TARGETPLATFORM" });
  });
});

describe("stages", () => {
  test("a stage inherits all that the one below it declares, but for what it says itself", () => {
    const final = finalOf(
      'FROM node AS a\nENV A=1\nUSER 1\nWORKDIR /app\nWORKDIR src\nEXPOSE 80\nVOLUME /v\nSTOPSIGNAL 3\nHEALTHCHECK CMD x\nCMD ["c"]\nFROM a AS b\nENTRYPOINT ["e"]\nFROM B\nENV A=2',
    );
    expect(final).toMatchObject({
      chain: [2, 1, 0],
      base: { value: "node" },
      user: { value: "1", at: { line: 3 } },
      workingDir: "/app/src",
      entrypoint: { words: ["e"] },
      env: [{ name: "A", value: "2", at: { line: 14 } }],
      expose: [{ value: "80" }],
      volumes: [{ value: "/v" }],
      stopSignal: { value: "3" },
      healthcheck: { words: ["x"] },
    });
    expect(final.cmd).toBeUndefined();
  });

  test("ENTRYPOINT leaves the CMD of its own stage", () => {
    expect(finalOf('FROM a\nCMD ["c"]\nENTRYPOINT ["e"]').cmd?.words).toEqual(["c"]);
  });

  test("an image that is called like a later stage is an image", () => {
    expect(finalOf("FROM a\nFROM node AS a").base.value).toBe("node");
    expect(parse("FROM b AS a\nFROM node AS b").stages[0]?.base.stage).toBeUndefined();
  });

  test("ONBUILD runs in the stages built from this one, once, and not in this one", () => {
    const text = "FROM node AS a\nONBUILD USER 7\nONBUILD RUN x\nFROM a AS b\nFROM b";
    const { stages, final, instructions } = parse(text);
    expect(final?.user?.value).toBe("7");
    expect(stages.map(({ runs }) => runs.length)).toEqual([0, 1, 0]);
    expect(instructions.filter(({ onbuild }) => onbuild).map(({ name }) => name)).toEqual(["USER", "RUN"]);
    expect(parse("FROM node AS a\nONBUILD USER 7").final?.user).toBeUndefined();
  });

  test("the config of a base image that was read is where it starts", () => {
    const config = {
      user: "101",
      env: ["A=1", "B"],
      entrypoint: ["e"],
      stopSignal: "SIGQUIT",
      shell: ["bash", "-c"],
      volumes: ["/v"],
      workingDir: "",
    };
    const bases = new Map([["web:1", imageFacts({ config }).config]]);
    const { final } = parseDockerfile("FROM web:1\nUSER $A\nCMD x", { file: "D", bases });
    expect(final).toMatchObject({
      baseKnown: true,
      user: { value: "1" },
      entrypoint: { words: ["e"] },
      cmd: { words: ["bash", "-c", "x"] },
      workingDir: "/",
    });
    expect(parseDockerfile("FROM web:1", { file: "D", bases }).final?.user).toEqual({
      value: "101",
      unknown: [],
    });
    const bare = new Map([["web:1", imageFacts({ config: { user: "", cmd: [] } }).config]]);
    expect(parseDockerfile("FROM web:1", { file: "D", bases: bare }).final).not.toHaveProperty("cmd");
  });

  test("copies have their sources, here-documents left out", () => {
    const { stages } = parse(
      'ARG D=/app\nFROM node\nARG D\nCOPY --from=build a b $D/\nADD ["x y", "/z"]\nCOPY <<EOF c /d\nEOF\nWORKDIR C:\\\\x',
    );
    expect(stages[0]?.copies).toMatchObject([
      { instruction: "COPY", from: "build", sources: ["a", "b"], destination: "/app/" },
      { instruction: "ADD", sources: ["x y"], destination: "/z" },
      { instruction: "COPY", sources: ["c"], destination: "/d" },
    ]);
  });
});

describe("runs are read as shell, each command where it stands", () => {
  /** `line:column words` of every command. */
  function commandsOf(text: string): readonly string[] {
    const runs = parse(text).stages.flatMap((stage) => stage.runs);
    return runs.flatMap(({ commands }) =>
      commands.map(({ words, at }) => `${at.line}:${at.column} ${words.join(" ")}`),
    );
  }

  test.each([
    ["FROM a\nRUN x y && x z", ["2:5 x y", "2:12 x z"]],
    ["FROM a\nRUN --mount=type=cache,target=/c \\\n  # c\n  x && \\\n  y", ["4:3 x", "5:3 y"]],
    ["FROM a\nRUN <<EOF\nx\ny\nEOF", ["3:1 x", "4:1 y"]],
    ["FROM a\nRUN bash <<'EOF'\nx\nEOF", ["3:1 x"]],
    ["FROM a\nRUN <<EOF\n#!/usr/bin/python3\nx()\nEOF", []],
    ["FROM a\nRUN cat <<EOF > /x\ny\nEOF", ["2:5 cat"]],
    ['FROM a\nRUN ["npm", "ci"]', ["2:1 npm ci"]],
    ['FROM a\nRUN ["sh", "-c", "a; b"]', ["2:1 a", "2:1 b"]],
    ["FROM a\nRUN 'a b' c", ["2:6 a b c"]],
    ["FROM a\nRUN a\\ b c", ["2:5 a b c"]],
    ["FROM a\nRUN > /x", ["2:5 "]],
    ["FROM a\nRUN", []],
    ["FROM a\nRUN for x in 1; do a; done", ["2:20 a"]],
  ])("%j", (text, expected) => {
    expect(commandsOf(text)).toEqual(expected);
  });

  test("what is complex beyond measure has no commands", () => {
    expect(commandsOf(`FROM a\nRUN ${"if a; then ".repeat(2_000)}`)).toEqual([]);
  });
});

describe("hostile files are refused by the name of the bound", () => {
  const doubling = Array.from({ length: 40 }, (_, at) => `ENV A${at + 1}=$A${at}$A${at}`);

  test.each([
    [`FROM scratch\nENV A0=xxxx\n${doubling.join("\n")}`, "dockerfileValueCharacters"],
    [`FROM scratch\nENV A=${"x".repeat(60_000)}\n${"USER $A\n".repeat(400)}`, "dockerfileCharacters"],
    [
      `FROM scratch AS a\n${`ONBUILD RUN ${"x".repeat(20)}\n`.repeat(2_000)}${"FROM a\n".repeat(490)}`,
      "dockerfileCharacters",
    ],
    [
      `FROM scratch AS a0\nENV ${Array.from({ length: 30_000 }, (_, at) => `a${at}=`).join(" ")}\n${"FROM a0\n".repeat(499)}`,
      "dockerfileCharacters",
    ],
    ["FROM a\n".repeat(501), "dockerfileStages"],
    [`FROM a\nENV a=b ${"c ".repeat(200_000)}`, "dockerfileProblems"],
    [`FROM a\n${"USER 1\n".repeat(5_001)}`, "dockerfileInstructions"],
  ])("%#", (text, bound) => {
    expect(() => parse(text)).toThrow(bound);
  });

  test.each([
    `FROM a\nUSER ${"${A:-".repeat(50_000)}`,
    `FROM a\nCMD ${"[".repeat(200_000)}`,
    `FROM a\n${"ONBUILD ".repeat(50_000)}RUN x`,
    `FROM a\nRUN ${"<<E ".repeat(10_000)}\nE`,
    `FROM a\nENV ${"a=1 \\\n".repeat(50_000)}`,
    `FROM a\nRUN ${'"'.repeat(100_001)} <<E`,
    `FROM a\nRUN a \\\n${"\n".repeat(100_000)}`,
    `FROM a\nCOPY ${"--exclude=a ".repeat(50_000)} b c`,
    `FROM a\nRUN ${"x \\\n".repeat(100_000)}`,
    `FROM a\nENV A=1\nUSER ${"$A".repeat(30_000)}`,
  ])("read in good time (%#)", (text) => {
    const begin = performance.now();
    parse(text);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});
