import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { COMMANDS } from "../commands.ts";
import { VULNS_COMMANDS } from "../vulns/commands.ts";

/** A command line up to the cursor, one word each, and completions that must be among those offered. */
const OFFERED: readonly (readonly [readonly string[], readonly string[], string?])[] = [
  [["ch"], ["check"]],
  [[""], COMMANDS.map(({ name }) => name)],
  [["check", "--fo"], ["--format"], "--filename"],
  [["check", "--format", "j"], ["json", "junit"], "sarif"],
  [["--lang", ""], ["fr", "en"], "check"],
  [["--lang", "fr", "fi"], ["fix"], "check"],
  [["fix", "--as", ""], ["diff", "helm-values"], "web.yaml"],
  [["completion", ""], ["bash", "zsh", "fish"], "web.yaml"],
  [["explain", "1.1-image"], ["1.1-image-user"], "non-root"],
  [["sbom", ""], ["diff", "web.yaml"], "check"],
  [["sbom", "d"], ["diff"], "web.yaml"],
  [["vulns", ""], [...VULNS_COMMANDS.map(({ name }) => name), "web.yaml"], "check"],
  [["vulns", "up"], ["update"], "import"],
  [["vulns", "--ve"], ["--vex"], "--source"],
  [["vulns", "import", "--"], ["--source", "--as-of", "--data"], "--vex"],
  [["vulns", "status", "--format", ""], ["table", "json"], "sarif"],
  [["vulns", "vex", ""], ["explain", "new"], "import"],
  [["vulns", "vex", "new", "--ju"], ["--justification"], "--platform"],
  [["sbom", "diff", "--da"], ["--data"], "--profile"],
  [["check", "vulns", "--fi"], ["--filename"], "--vex"],
  [["version", "--js"], ["--json"], "--format"],
  [["check", "--qui"], ["--quiet"]],
];
/** Command lines whose next word is completed as a file. */
const FILES: readonly (readonly string[])[] = [
  ["check", "we"],
  ["trial", "-f", "we"],
  ["check", "--policy", "we"],
  ["sbom", "we"],
  ["vulns", "we"],
];

/** A folder with the script of a shell, and a file to complete. */
async function prepared(shell: string): Promise<{ folder: string; script: string }> {
  const folder = temporaryDirectory();
  const script = join(folder, "completion");
  const { exit, stdout } = await douane(["completion", shell]);
  expect(exit).toBe(0);
  writeFileSync(script, stdout);
  mkdirSync(join(folder, "work"));
  writeFileSync(join(folder, "work", "web.yaml"), "");
  return { folder: join(folder, "work"), script };
}

function lines(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

describe("bash", () => {
  /** Prints the completions given to readline; files are added by readline itself. */
  const BASH =
    'source "$1"; shift; COMP_WORDS=(douane "$@"); COMP_CWORD=$#; _douane; printf "%s\\n" "${COMPREPLY[@]}"';

  test("offers commands, options and values", async () => {
    const { folder, script } = await prepared("bash");
    for (const [words, offered, other] of [
      ...OFFERED,
      [["check", "--format", "=", "js"], ["json"]] as const,
    ]) {
      const said = lines(
        execFileSync("bash", ["-c", BASH, "bash", script, ...words], { cwd: folder, encoding: "utf8" }),
      );
      expect(said).toEqual(expect.arrayContaining([...offered]));
      expect(said).not.toContain(other);
    }
  });

  test("leaves files to readline", async () => {
    const { folder, script } = await prepared("bash");
    for (const words of FILES) {
      const said = execFileSync("bash", ["-c", BASH, "bash", script, ...words], {
        cwd: folder,
        encoding: "utf8",
      });
      expect(said.trim()).toBe("");
    }
    expect(
      execFileSync("bash", ["-c", `source "$1"; complete -p douane`, "bash", script], { encoding: "utf8" }),
    ).toContain("-o default");
  });
});

describe("fish", () => {
  const FISH = 'source $argv[1]; complete -C "$argv[2]"';

  test("offers commands, options, values and files", async () => {
    const { folder, script } = await prepared("fish");
    const env = { ...process.env, HOME: folder };
    const cases = [...OFFERED, ...FILES.map((words) => [words, ["web.yaml"]] as const)];
    for (const [words, offered, other] of cases) {
      const argv = ["--no-config", "-c", FISH, script, ["douane", ...words].join(" ")];
      const said = lines(execFileSync("fish", argv, { cwd: folder, encoding: "utf8", env }));
      const names = said.map((line) => line.split("\t")[0] ?? "");
      expect(names).toEqual(expect.arrayContaining([...offered]));
      expect(names).not.toContain(other);
    }
  });
});

describe("zsh", () => {
  /** A real one, in a terminal of zsh's own: completion shows its list there. */
  const ZSH = `
zmodload zsh/zpty
zpty shell "COLUMNS=200 TERM=dumb zsh -f -i"
zpty -w shell "unsetopt zle_bracketed_paste prompt_sp; PROMPT='ready''>'; autoload -U compinit; compinit -u -d $1.dump; LISTMAX=9999; bindkey '^I' list-choices; stty rows 2000 columns 200; source $1"
zpty -r shell out '*ready>*'
zpty -w -n shell "$2"$'\\t'
zpty -w -n shell $'\\C-u'"print EN''D"$'\\n'
zpty -r shell out "*END*"
print -r -- $out
`;

  test("offers commands, options, values and files", async () => {
    const { folder, script } = await prepared("zsh");
    const cases = [...OFFERED, ...FILES.map((words) => [words, ["web.yaml"]] as const)];
    for (const [words, offered] of cases) {
      const argv = ["-f", "-c", ZSH, "zsh", script, ["douane", ...words].join(" ")];
      const said = execFileSync("zsh", argv, { cwd: folder, encoding: "utf8" });
      for (const word of offered) expect(said).toContain(word);
    }
  });
});

test("speaks the language asked for", async () => {
  const { stdout } = await douane(["completion", "fish", "--lang", "fr"]);
  expect(stdout).toContain("-a check -d 'dire si des images");
});

test.each([[[]], [["tcsh"]]])("%j is no shell that it knows", async (words) => {
  const { exit, stderr } = await douane(["completion", ...words]);
  expect([exit, stderr]).toEqual([64, expect.stringContaining("bash, zsh, fish")]);
});
