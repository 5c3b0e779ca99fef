import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readManifests } from "../../assess/manifests.ts";
import { Assessment } from "../../assess/run/assessment.ts";
import type { FoundWorkload } from "../../assess/run/found-workload.ts";
import { type Inputs, inputsOf } from "../../assess/run/inputs.ts";
import { DouaneError, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { aboutWorkload } from "../../contract/source-problem.ts";
import type { Text } from "../../contract/text.ts";
import type { Verdict } from "../../contract/verdict.ts";
import { NEWEST_MINOR } from "../../policy/kubernetes-version.ts";
import { createObjectFinder } from "../../workload/document-object.ts";
import type { Session } from "../command-line/command.ts";
import { readToken, serverClient, serverUrl } from "../process/douane-server.ts";
import { readStdin } from "../process/read-stdin.ts";
import { writeOutput } from "../process/write-output.ts";
import { reportFailure, tell } from "../terminal/failure.ts";
import { type AskPorts, askServer } from "./ask-server.ts";
import { CheckEvents } from "./events.ts";
import { exitCodeOf } from "./exit-code.ts";
import { nothingJudged } from "./nothing-judged.ts";
import { portsOf } from "./ports.ts";
import type { Problems } from "./problems.ts";
import { parseFormat } from "./report-target.ts";
import type { ServerAnswer } from "./server-answer.ts";
import { type ServerCheckValues, verifyServerOptions } from "./server-flags.ts";
import { type CheckedWorkload, serverDocument, workloadText } from "./server-report.ts";
import { summaryLine } from "./summary-line.ts";

/** Object of the manifests that is to be sent, with its place. */
interface Question extends Omit<CheckedWorkload, "answer"> {
  readonly object: object;
  readonly found: FoundWorkload;
}

/** `douane check --server URL`: asks the platform's server about each workload of the manifests. */
export async function runServerCheck(
  session: Session,
  values: ServerCheckValues,
  address: string,
  operands: readonly string[],
): Promise<number> {
  const { context, lang, quiet } = session;
  verifyServerOptions(values, context.env);
  const formats = values.format.length > 0 ? values.format : quiet ? [] : [parseFormat("checklist")];
  const other = formats.find((one) => !FORMATS.includes(one.format.name));
  if (other !== undefined) throw otherFormat(other.format.name);
  const server = serverUrl(address);
  if (values.tokenFile === undefined) throw noToken();
  const token = await readToken(context, values.tokenFile);
  const inputs = await manifestInputs(session, values, operands);
  const events = new CheckEvents(session, lang, undefined);
  const { problems, skipped } = events;
  const questions = await questionsOf(session, values, inputs, events);
  const checked = await answersTo(questions, { session, values, server, token, problems });
  const verdicts = checked.map(({ answer }) => ({ admitted: ADMITTED[answer.decision] }));
  await problems.end();
  if (verdicts.length === 0 && problems.failures.length === 0) {
    problems.failures.push(await reportFailure(nothingJudged(skipped), context, lang));
  }
  const unwritten: number[] = [];
  for (const { format, file } of formats) {
    const text =
      format.name === "json"
        ? serverDocument(server, checked, problems.errors, skipped)
        : checked.map((one) => workloadText(one, lang)).join("");
    try {
      if (file === undefined) await context.stdout.write(text);
      else await writeOutput(resolve(context.cwd, file), text, context);
    } catch (error) {
      unwritten.push(await reportFailure(error, context, lang));
    }
  }
  const { failOn = "unproven" } = values;
  const exit = exitCodeOf(verdicts, [...problems.failures, ...unwritten], failOn, skipped);
  const came = { verdicts, errors: problems.errors, skipped, failOn, exit };
  const last = summaryLine({ ...came, unwritten: unwritten.length });
  if (last !== undefined && !quiet) await tell(last, context, lang);
  return exit;
}

/** Answers about the objects, one after the other: a server has one check of a user at a time. */
async function answersTo(
  questions: readonly Question[],
  {
    session: { context, lang },
    values,
    server,
    token,
    problems,
  }: {
    readonly session: Session;
    readonly values: ServerCheckValues;
    readonly server: URL;
    readonly token: string;
    readonly problems: Problems;
  },
): Promise<readonly CheckedWorkload[]> {
  const client = serverClient(context, values.caFile);
  const pause: AskPorts["pause"] = (ms) => sleep(ms, undefined, { signal: context.signal });
  const checked: CheckedWorkload[] = [];
  let isOver = false;
  try {
    for (const { object, found, ...place } of questions) {
      const about = aboutWorkload(found.facts);
      if (isOver) {
        problems.errors.push({ about, message: NOT_ASKED });
        continue;
      }
      try {
        const { namespace } = place;
        const answer = await askServer({ namespace, object }, { client, server, token, lang, pause });
        checked.push({ ...place, answer });
      } catch (error) {
        await problems.failed(about, error);
        isOver = !(error instanceof DouaneError && OF_ONE_OBJECT.includes(error.code));
      }
    }
  } finally {
    await client.close();
  }
  return checked;
}

/** Codes of errors after which the server may answer about the next object. */
const OF_ONE_OBJECT: readonly string[] = ["server-refused", "check-object-too-large"];

/** @throws UsageError check-server-input, manifest-missing; as inputsOf() */
async function manifestInputs(
  { context }: Session,
  { filename }: ServerCheckValues,
  operands: readonly string[],
): Promise<Inputs> {
  const inputs = await inputsOf(operands, filename, context.cwd);
  const [other] = [...inputs.images, ...inputs.dockerfiles];
  if (other !== undefined) throw noManifest(other);
  if (inputs.manifests.length === 0) throw noManifests();
  return inputs.manifests.includes("-") ? { ...inputs, stdin: await readStdin(context.stdin) } : inputs;
}

/** Objects of the manifests that create pods, each once. @throws UsageError check-namespace-missing */
async function questionsOf(
  { context }: Session,
  { exclude, noCache, namespace }: ServerCheckValues,
  inputs: Inputs,
  events: CheckEvents,
): Promise<readonly Question[]> {
  const assessment = new Assessment(
    {
      inputs,
      evidence: { pieces: [], sources: [] },
      minor: NEWEST_MINOR,
      policy: {},
      readImages: false,
      tryImages: false,
      trial: {},
      leaveOut: { exclude, douaneignore: false, gitignore: false },
    },
    portsOf(context, noCache, events),
  );
  const find = createObjectFinder();
  const questions = new Map<string, Question>();
  for (const found of await readManifests(assessment, true)) {
    const { at, kind, name, namespace: own = namespace } = found.facts;
    const { path, apiVersion } = found.unmasked();
    if (at.in !== "file" || found.document === undefined) continue;
    if (own === undefined) throw noNamespace(`${kind}/${name}`, at.file);
    const { file, line } = at;
    const value = find(found.document, path);
    // An item of a list may leave its type to the list.
    const object = { apiVersion, kind, ...(value as object) };
    questions.set(`${file}\0${at.document}\0${path}`, {
      file,
      line,
      kind,
      name,
      namespace: own,
      object,
      found,
    });
  }
  await assessment.tellLeftOut();
  if (inputs.projects.length > 0) await assessment.warn(DOCKERFILES);
  return [...questions.values()];
}

const FORMATS: readonly string[] = ["checklist", "json"];
const ADMITTED: Readonly<Record<ServerAnswer["decision"], Verdict["admitted"]>> = {
  admitted: "yes",
  exempt: "yes",
  refused: "no",
  unproven: "unproven",
};

const NOT_ASKED: Text = {
  fr: "non demandé au serveur, qui n'a pas répondu à la demande d'avant",
  en: "not asked of the server, which did not answer the question before",
};
const DOCKERFILES: Text = {
  fr: "avec --server, les Dockerfiles d'un répertoire ne sont pas jugés : douane check RÉPERTOIRE les juge.",
  en: "with --server, the Dockerfiles of a folder are not judged: douane check FOLDER judges them.",
};

function noToken(): UsageError {
  return new UsageError("check-token-file", {
    fr: "--token-file manque : donner le fichier du jeton par lequel l'API server connaît l'utilisateur (kubectl create token COMPTE > jeton).",
    en: "--token-file is missing: give the file with the token by which the API server knows the user (kubectl create token ACCOUNT > token).",
  });
}

function otherFormat(name: string): UsageError {
  return new UsageError("check-server-format", {
    fr: `--format ${name} et --server ne vont pas ensemble : les formats sont alors ${FORMATS.join(", ")}.`,
    en: `--format ${name} and --server do not go together: the formats are then ${FORMATS.join(", ")}.`,
  });
}

function noManifest(operand: string): UsageError {
  return new UsageError("check-server-input", {
    fr: `${quoted(operand)} n'est pas un manifeste : avec --server, nommer des manifestes rendus (douane check -f deploiement/ --server URL).`,
    en: `${quoted(operand)} is not a manifest: with --server, name rendered manifests (douane check -f deploy/ --server URL).`,
  });
}

function noManifests(): UsageError {
  return new UsageError("manifest-missing", {
    fr: "Rien à demander. Nommer des manifestes rendus : helm template … | douane check -f - --server URL --token-file FICHIER.",
    en: "Nothing to ask. Name rendered manifests: helm template … | douane check -f - --server URL --token-file FILE.",
  });
}

function noNamespace(name: string, file: string): UsageError {
  const [who, where] = [quoted(name), quoted(file)];
  return new UsageError("check-namespace-missing", {
    fr: `${who} de ${where} ne nomme pas d'espace de noms : le donner par --namespace NOM.`,
    en: `${who} of ${where} names no namespace: give it by --namespace NAME.`,
  });
}
