import { resolve } from "node:path";
import { DouaneError } from "../../contract/error.ts";
import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";
import type { StoredEvidence } from "../../evidence/file.ts";
import { collectImage } from "../../evidence/image.ts";
import type { ImageUser, NamedImage } from "../../evidence/named-images.ts";
import { type ImageOpener, imageOpener, type OpenOptions } from "../../image/open.ts";
import type { OpenImage } from "../../image/open-image.ts";
import { RULES } from "../../rules/index.ts";
import { startOverrides } from "../../start/container-start.ts";
import type { Session } from "../command-line/command.ts";
import { cacheDirectory } from "../process/cache-directory.ts";
import { warn } from "../terminal/failure.ts";
import type { Progress } from "../terminal/progress.ts";
import { type Instead, replacedImage } from "../trial/instead.ts";
import type { TrialRunner } from "../trial/runner.ts";
import { VERSION } from "../version.ts";
import type { EvidenceShelf } from "./evidence-files.ts";
import type { CheckValues } from "./flags.ts";
import { inParallel } from "./in-parallel.ts";
import type { Problems } from "./problems.ts";
import type { CheckSettings } from "./settings.ts";

/** Images read at a time: enough to fill a line, few enough for a registry; threads are shared. */
const AT_A_TIME = 4;

/** What reading images needs to know of the run. */
export interface Run {
  readonly session: Session;
  readonly values: CheckValues;
  readonly settings: CheckSettings;
  readonly shelf: EvidenceShelf;
  readonly problems: Problems;
  readonly progress: Progress;
  /** Runs the images, once all of them are read. */
  readonly runner?: TrialRunner;
  /** An image that takes the place of one that manifests name. */
  readonly instead?: Instead;
}

export interface CollectedImages {
  /** Images that the user named. */
  readonly collected: readonly StoredEvidence[];
  /** Images that workloads name. */
  readonly images: readonly StoredEvidence[];
}

/** One image to read. */
interface Job {
  /** As it is called in messages. */
  readonly name: string;
  /** Who names it in manifests; nobody when the user did. */
  readonly users?: readonly ImageUser[];
  /** What manifests call it, when another image takes its place. */
  readonly reference?: ReferenceFacts;
  readonly open: (opener: ImageOpener) => Promise<OpenImage>;
}

/**
 * Reads images, several at a time; what cannot be read is among the problems, in the order of the
 * images. A UsageError `platform-invalid` is thrown: it is no image's fault.
 *
 * @param sources as the user wrote them
 * @param named by the text in the manifests, which leads to registries only
 */
export async function collectImages(
  sources: readonly string[],
  named: ReadonlyMap<string, NamedImage>,
  run: Run,
): Promise<CollectedImages> {
  const opener = imageOpener(openOptions(run));
  const jobs: readonly Job[] = [
    ...sources.map((name): Job => ({ name, open: (opener) => opener.open(name) })),
    ...namedJobs(named, run.instead),
  ];
  const collect = collector(run, jobs.length, opener);
  // Two that unpack the same layers at once would do it twice.
  const settled = await inParallel(jobs, run.runner === undefined ? AT_A_TIME : 1, collect);
  await opener.close();
  run.session.context.allowV8Threads?.(true);
  await run.progress.clear();
  const collected: StoredEvidence[] = [];
  const images: StoredEvidence[] = [];
  for (const [index, { name, users }] of jobs.entries()) {
    const outcome = settled[index];
    if (outcome?.status === "fulfilled") (users === undefined ? collected : images).push(outcome.value);
    else await run.problems.add({ kind: "image", reference: name }, withUsers(outcome?.reason, users ?? []));
  }
  await run.runner?.run(run.progress);
  return { collected, images };
}

function namedJobs(named: ReadonlyMap<string, NamedImage>, instead: Instead | undefined): readonly Job[] {
  const replaced = instead === undefined ? undefined : replacedImage(named, instead);
  return [...named].map(([name, { users, reference }]): Job => {
    if (instead === undefined || name !== replaced) {
      return { name, users, open: (opener) => opener.openRegistry(name) };
    }
    const { source } = instead;
    return { name: source, users, reference, open: (opener) => opener.open(source) };
  });
}

/** What is known of one image: read from it, unless evidence of this very image was handed in. */
function collector(run: Run, total: number, opener: ImageOpener): (job: Job) => Promise<StoredEvidence> {
  const { session, values, shelf, progress } = run;
  const { signal } = session.context;
  const directory = values.noCache ? undefined : cacheDirectory(session.context.env);
  let begun = 0;
  let warned = session.quiet;
  return async ({ name, users = [], reference, open }) => {
    signal.throwIfAborted();
    begun += 1;
    const shown = total === 1 ? name : `[${begun}/${total}] ${name}`;
    progress.show(shown);
    const image = await open(opener);
    try {
      const evidence = { image: await factsOf(image), reference: reference ?? image.reference };
      await run.runner?.prepare(image, evidence, users);
      return evidence;
    } finally {
      await image.close();
    }
    async function factsOf(image: OpenImage): Promise<ImageFacts> {
      const stored = shelf.take(image);
      if (stored !== undefined) return { ...stored.image, source: name };
      const { facts, cacheProblem } = await collectImage(image, {
        rules: RULES,
        starts: users.flatMap(({ placement }) => startOverrides(placement.spec)),
        signal,
        onThreads: () => session.context.allowV8Threads?.(false),
        onProgress: ({ read, total: bytes }) => progress.show(`${percent(read, bytes)} ${shown}`),
        ...(directory === undefined ? {} : { cache: { directory, douane: VERSION } }),
      });
      if (cacheProblem !== undefined && !warned) {
        warned = true;
        await warn(unused(directory, cacheProblem), session.context, session.lang);
      }
      return facts;
    }
  };
}

function openOptions({ session: { context }, values, settings: { platform } }: Run): OpenOptions {
  return {
    env: context.env,
    signal: context.signal,
    insecureRegistries: values.insecureRegistry,
    ...(platform === undefined ? {} : { platform }),
    ...(values.caFile === undefined ? {} : { caFile: resolve(context.cwd, values.caFile) }),
  };
}

/** The same error, which also says where the image is named. */
function withUsers(error: unknown, users: readonly ImageUser[]): unknown {
  const [first] = users;
  if (!(error instanceof DouaneError) || first === undefined) return error;
  const { file, line, kind, name } = first.workload;
  const place = `${file}:${line} (${kind}/${name})`;
  const others = new Set(users.map(({ workload }) => workload)).size - 1;
  const { fr, en } = error.text;
  return new DouaneError(
    error.code,
    error.exit,
    {
      fr: `${fr} Image nommée par ${place}${others > 0 ? `, et ${others} de plus` : ""}.`,
      en: `${en} The image is named by ${place}${others > 0 ? ` and ${others} more` : ""}.`,
    },
    { cause: error },
  );
}

function percent(read: number, total: number): string {
  return `${Math.floor((100 * read) / Math.max(total, 1))} %`.padStart(5);
}

function unused(folder: string | undefined, problem: string): Text {
  return {
    fr: `le cache ${folder} ne peut pas servir (${problem}) : les couches seront relues la prochaine fois. --no-cache s'en passe sans avertir.`,
    en: `the cache ${folder} cannot be used (${problem}): layers will be read again the next time. --no-cache does without it silently.`,
  };
}
