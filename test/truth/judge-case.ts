import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AcceptanceUses, idleAcceptances } from "../../src/assess/acceptance-uses.ts";
import { assess } from "../../src/assess/assess.ts";
import { countedEvidence } from "../../src/assess/run/evidence-store.ts";
import { inputsOf } from "../../src/assess/run/inputs.ts";
import type { AssessmentEvent, AssessmentRequest } from "../../src/assess/run/request.ts";
import { VERSION } from "../../src/cli/process/version.ts";
import { DouaneError } from "../../src/contract/error.ts";
import type { RowId } from "../../src/contract/rows.ts";
import type { Answer, Verdict } from "../../src/contract/verdict.ts";
import { worst } from "../../src/contract/worst.ts";
import type { EvidencePiece } from "../../src/evidence/file.ts";
import { NEWEST_MINOR } from "../../src/policy/kubernetes-version.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { writeDockerArchive } from "../fixtures/image/docker-archive.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { dataOf } from "../fixtures/vulnerability-data.ts";
import type { Given } from "./given/given.ts";
import { type CaseRegistry, serve } from "./given/registry.ts";
import { trialsOf } from "./given/trials.ts";

/** The tool's answer to a case. */
export interface Judged {
  /** The worst of all verdicts; absent: there was none. */
  readonly rows?: ReadonlyMap<RowId, Answer>;
  readonly verdicts: readonly Verdict[];
  /** English sentences beside the verdicts, and the message of a failed run. */
  readonly told: readonly string[];
}

const DAY = "2026-06-15";

/** Writes the inputs into a folder of their own, and judges them as `douane check` does. */
export async function judgeCase(given: Given): Promise<Judged> {
  const cwd = mkdtempSync(join(tmpdir(), "douane-truth-"));
  const registry = given.images === undefined ? undefined : await serve(given.images);
  try {
    return await judgeIn(cwd, given, registry);
  } finally {
    await registry?.close();
    rmSync(cwd, { recursive: true });
  }
}

async function judgeIn(cwd: string, given: Given, registry: CaseRegistry | undefined): Promise<Judged> {
  const operands = writeGiven(cwd, given, registry);
  const served = { ...given, policy: servedPolicy(given, registry) };
  const judge = async (pieces: readonly EvidencePiece[]) => {
    const { counted, left } = countedEvidence(pieces, served.policy ?? {});
    const found = await judged(cwd, served, operands, counted);
    return { ...found, told: [...left.map(({ en }) => en), ...found.told] };
  };
  if (given.trial === undefined && given.trials === undefined) return judge([]);
  if (given.tried !== undefined) return judge(await trialsElsewhere({ ...given, ...given.tried }, registry));
  const untried = await judge([]);
  return judge(trialsOf(given, cwd, untried.evidence));
}

/** Trials of other files than the judged ones: they run in a folder of their own. */
async function trialsElsewhere(
  given: Given,
  registry: CaseRegistry | undefined,
): Promise<readonly EvidencePiece[]> {
  const cwd = mkdtempSync(join(tmpdir(), "douane-truth-"));
  try {
    const operands = writeGiven(cwd, given, registry);
    const untried = await judged(cwd, { ...given, policy: servedPolicy(given, registry) }, operands, []);
    return trialsOf(given, cwd, untried.evidence);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

async function judged(
  cwd: string,
  given: Given,
  operands: readonly string[],
  pieces: readonly EvidencePiece[],
): Promise<Judged & { readonly evidence: readonly EvidencePiece[] }> {
  const verdicts: Verdict[] = [];
  const evidence: EvidencePiece[] = [];
  const told: string[] = [];
  const request = await requestOf(cwd, given, operands, pieces);
  const today = given.today ?? DAY;
  const uses = new AcceptanceUses({ acceptances: request.policy.acceptedFindings ?? [], today });
  let isWhole = true;
  const ports = {
    cwd,
    env: {},
    today,
    douane: VERSION,
    ...(given.vulnerabilities === undefined ? {} : { vulnerabilities: dataOf(given.vulnerabilities) }),
    signal: new AbortController().signal,
    emit: (event: AssessmentEvent) => {
      told.push(...sentences(event));
      isWhole &&= event.kind !== "failed" && event.kind !== "unreadable";
    },
  };
  try {
    for await (const one of assess(request, ports)) {
      verdicts.push(one.verdict);
      uses.saw(one.verdict, one.places);
      evidence.push(...one.evidence);
    }
    if (isWhole) told.push(...idleAcceptances(uses.uses).map(({ en }) => en));
  } catch (error) {
    told.push(messageOf(error));
  }
  const rows = worstRows(verdicts);
  return { verdicts, evidence, told, ...(rows === undefined ? {} : { rows }) };
}

async function requestOf(
  cwd: string,
  given: Given,
  operands: readonly string[],
  pieces: readonly EvidencePiece[],
): Promise<AssessmentRequest> {
  return {
    inputs: await inputsOf(operands, [], cwd),
    evidence: { pieces, sources: [] },
    minor: given.minor ?? NEWEST_MINOR,
    policy: given.policy ?? {},
    readImages: given.images !== undefined,
    tryImages: false,
    trial: given.trialSettings ?? {},
    // The machine's own would be another one elsewhere.
    ...(given.platform === null ? {} : { platform: given.platform ?? "linux/amd64" }),
  };
}

/** The policy with the registry's own host for registry.example. */
function servedPolicy({ policy = {} }: Given, registry: CaseRegistry | undefined): Policy {
  if (registry === undefined) return policy;
  return JSON.parse(JSON.stringify(policy).replaceAll("registry.example", registry.host));
}

/** @returns the judged input, as an operand of the command */
function writeGiven(cwd: string, given: Given, registry: CaseRegistry | undefined): readonly string[] {
  const named = (text: string): string =>
    registry === undefined ? text : text.replaceAll("registry.example", registry.host);
  for (const [name, content] of Object.entries(given.files ?? {})) {
    const path = join(cwd, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? named(content) : content);
  }
  const own = [...(given.files === undefined ? [] : ["."]), ...writeImage(cwd, given)];
  return given.operands?.map(named) ?? own;
}

function writeImage(cwd: string, { image, as, tag = "1.4.2" }: Given): readonly string[] {
  if (image === undefined) return [];
  if (as === undefined) {
    writeLayout(image, join(cwd, "image.oci"), { ref: tag });
    return [`oci:image.oci:${tag}`];
  }
  const images = "layers" in image ? [image] : image;
  writeDockerArchive(
    images.map((one) => ({ image: one, tags: [`aides/web:${tag}`] })),
    join(cwd, "image.tar"),
  );
  return ["docker-archive:image.tar"];
}

function worstRows(verdicts: readonly Verdict[]): ReadonlyMap<RowId, Answer> | undefined {
  const [first] = verdicts;
  if (first === undefined) return undefined;
  return new Map(
    first.rows.map(({ id }, index) => [
      id,
      worst(verdicts.map(({ rows }) => rows[index]?.answer ?? "unproven")),
    ]),
  );
}

function sentences(event: AssessmentEvent): readonly string[] {
  if (event.kind === "failed") return [messageOf(event.error)];
  if (event.kind === "unreadable") return event.problems.map(({ message }) => message.en);
  if (event.kind === "skipped") return event.sources.map(({ message }) => message.en);
  return event.kind === "warning" ? [event.text.en] : [];
}

function messageOf(error: unknown): string {
  if (error instanceof DouaneError) return error.text.en;
  return `BUG: ${error instanceof Error ? error.stack : String(error)}`;
}
