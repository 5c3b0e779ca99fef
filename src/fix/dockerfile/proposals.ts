import type {
  DockerfileFacts,
  InstructionFacts,
  SearchedDockerfile,
} from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import type { RuleId } from "../../contract/rows.ts";
import type { JudgedFinding } from "../../contract/verdict.ts";
import { declaredImage } from "../../dockerfile/declared-image.ts";
import type { BuildableDockerfile } from "../../dockerfile/unless-refused.ts";
import { loopbackServer } from "../../start/loopback-servers.ts";
import { startedCommands } from "../../start/started-commands.ts";
import { execForms } from "./exec-form.ts";
import type { LineEdit } from "./lines.ts";
import { finalInstructions, inserted, replaced, saying } from "./places.ts";
import { userEdits } from "./user.ts";

type Propose = (
  finding: Finding,
  facts: BuildableDockerfile,
  lines: readonly string[],
) => readonly LineEdit[];

/** Edits by rule: corrections that need no knowledge of the application. */
const PROPOSALS: Readonly<Partial<Record<RuleId, Propose>>> = {
  "1.1-dockerfile-user": (_, facts, lines) => userEdits(facts, lines),
  "1.3-dockerfile-bind-address": ({ at }, facts, lines) => everywhere(instructionAt(facts, at?.line), lines),
  "1.3-dockerfile-default-bind": (_, facts, lines) =>
    variables(facts).map((name) => withVariable(facts, lines, name)),
  "1.3-dockerfile-next-hostname": (finding, facts, lines) => hostname(finding, facts, lines),
  "1.4-dockerfile-shell-form": ({ at }, facts, lines) =>
    execForms(instructionAt(facts, at?.line), facts, lines),
  "1.4-dockerfile-stop-signal": ({ at }, _, lines) => saying(lines, at?.line, "SIGTERM"),
};

/** Alternative edits for a finding, the best first. */
export function proposalsFor(
  finding: JudgedFinding,
  facts: DockerfileFacts,
  lines: readonly string[],
): readonly LineEdit[] {
  return isBuildable(facts) ? (PROPOSALS[finding.rule]?.(finding, facts, lines) ?? []) : [];
}

function isBuildable(facts: SearchedDockerfile): facts is BuildableDockerfile {
  return facts.final !== undefined && facts.refused.length === 0;
}

function instructionAt(
  { instructions }: BuildableDockerfile,
  line: number | undefined,
): InstructionFacts | undefined {
  return instructions.find((one) => line !== undefined && one.line <= line && line <= one.endLine);
}

const LOOPBACK = /localhost(?:\.localdomain)?|127(?:\.\d{1,3}){3}|\[::1\]|::1/g;
/** Maximum number of places in one line; a line with more needs a human. */
const PLACES = 8;

/** Edits for the loopback addresses of an instruction: each edit replaces one address by all interfaces. */
function everywhere(
  instruction: InstructionFacts | undefined,
  lines: readonly string[],
): readonly LineEdit[] {
  if (instruction === undefined) return [];
  const edits: LineEdit[] = [];
  for (let at = instruction.line - 1; at < instruction.endLine; at++) {
    const line = (lines[at] ?? "").replace(/\r?\n$/, "");
    for (const { 0: address, index } of line.matchAll(LOOPBACK)) {
      const added = `${line.slice(0, index)}0.0.0.0${line.slice(index + address.length)}`;
      edits.push({ at, removed: 1, added: [added] });
    }
  }
  return edits.length > PLACES ? [] : edits;
}

/** Names of variables that contain the server's address in the start command. */
function variables(facts: BuildableDockerfile): readonly string[] {
  const servers = startedCommands(declaredImage(facts)).map(({ words }) => loopbackServer(words));
  return servers.flatMap((server) =>
    (server?.variables ?? []).filter((name) => /(?:^|_)(?:HOST|BINDING)$/.test(name)),
  );
}

function withVariable(facts: BuildableDockerfile, lines: readonly string[], name: string): LineEdit {
  const start = finalInstructions(facts).find((one) => one.name === "CMD" || one.name === "ENTRYPOINT");
  return inserted(facts, lines, start === undefined ? undefined : start.line - 1, `ENV ${name}=0.0.0.0`);
}

function hostname(
  { at }: Finding,
  facts: BuildableDockerfile,
  lines: readonly string[],
): readonly LineEdit[] {
  const isDeclared = facts.final.env.some(
    ({ name, at: place }) => name === "HOSTNAME" && place !== undefined,
  );
  if (isDeclared) return replaced(lines, at?.line, /(\bHOSTNAME[= ]\s*)("[^"]*"|\S+)/, "$10.0.0.0");
  return [withVariable(facts, lines, "HOSTNAME")];
}
