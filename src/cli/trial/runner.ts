import { containerName, type PlacementFacts, placements } from "../../contract/placement.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { StoredEvidence } from "../../evidence/file.ts";
import type { ImageUser } from "../../evidence/named-images.ts";
import { collectTrial, type PlacedContainer } from "../../evidence/trial/collect.ts";
import { NO_CONFIG } from "../../evidence/trial/config-lookup.ts";
import { type TrialWishes, wishesFor } from "../../evidence/trial/wishes.ts";
import type { OpenImage } from "../../image/open-image.ts";
import type { Problems } from "../check/problems.ts";
import type { Session } from "../command.ts";
import { warn } from "../failure.ts";
import type { Progress } from "../progress.ts";
import type { ConfigSource } from "./config-source.ts";
import type { Available } from "./executor.ts";
import type { Keep } from "./keep.ts";
import type { KnownTrials } from "./known-trials.ts";
import { trialView } from "./view.ts";

export interface RunnerOptions {
  readonly session: Session;
  readonly executor: Available;
  /** Where layers are unpacked. */
  readonly directory: string;
  readonly wishes: TrialWishes;
  readonly config: ConfigSource;
  /** The workload with its secrets, of the one that is judged. */
  readonly unmasked: (workload: WorkloadFacts) => WorkloadFacts | undefined;
  readonly known: KnownTrials;
  readonly problems: Problems;
  readonly keep?: Keep;
}

export class TrialRunner {
  readonly #options: RunnerOptions;
  readonly #said = new Set<string>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Tries an image for each container that runs it, one after the other; alone, when there is none. */
  async try(
    image: OpenImage,
    evidence: StoredEvidence,
    users: readonly ImageUser[],
    progress: Progress,
  ): Promise<void> {
    const { known, keep, problems } = this.#options;
    const placed = users.filter(({ placement }) => placement.role !== "ephemeral");
    for (const user of users.length === 0 ? [undefined] : placed) {
      const name = user === undefined ? evidence.image.source : nameOf(user);
      try {
        const facts = await this.#run(image, evidence, user, progress);
        known.add(facts, evidence, user);
        await keep?.(name, facts);
      } catch (error) {
        // What is known of the image without a trial still counts.
        await problems.add(name, error);
      }
    }
  }

  async #run(
    image: OpenImage,
    evidence: StoredEvidence,
    user: ImageUser | undefined,
    progress: Progress,
  ): Promise<TrialFacts> {
    const { session, executor, directory, wishes, config } = this.#options;
    const placed = user === undefined ? undefined : this.#placedOf(user);
    const view = trialView(session, progress, user === undefined ? evidence.image.source : nameOf(user));
    const lacking: Text[] = isAlone(user) ? [] : [APART];
    const facts = await view.during(() =>
      collectTrial(
        {
          image,
          facts: evidence.image,
          config: user === undefined ? NO_CONFIG : config(user.workload),
          wishes: wishesFor(wishes, user && containerName(user.placement)),
          ...(placed === undefined ? {} : { placed }),
        },
        {
          executor,
          directory,
          lacks: (text) => void lacking.push(text),
          watch: view.watch,
          signal: session.context.signal,
        },
      ),
    );
    for (const text of lacking) await this.#lacks(text);
    return facts;
  }

  #placedOf({ workload, placement }: ImageUser): PlacedContainer {
    const whole = this.#options.unmasked(workload) ?? workload;
    const own = placements(whole).find(({ path }) => path === placement.path) ?? placement;
    return { workload: whole, placement: own, masked: placement };
  }

  /** Each thing once, whatever the number of containers. */
  async #lacks(text: Text): Promise<void> {
    const { context, lang, quiet } = this.#options.session;
    if (quiet || this.#said.has(text.en)) return;
    this.#said.add(text.en);
    await warn(text, context, lang);
  }
}

/** An init container is gone when the others start. */
function isAlone(user: ImageUser | undefined): boolean {
  if (user === undefined) return true;
  return placements(user.workload).filter(({ role }) => role === "app" || role === "sidecar").length < 2;
}

const APART: Text = {
  fr: "les conteneurs d'un même pod sont essayés l'un après l'autre, chacun seul : ils ne se parlent pas par localhost et ne partagent pas de volume. Ce dont l'un a besoin de l'autre se donne sous trial.containers (douane.yaml).",
  en: "containers of one pod are tried one after the other, each by itself: they do not talk over localhost and share no volume. What one needs of another is given under trial.containers (douane.yaml).",
};

function nameOf({
  workload,
  placement,
}: {
  readonly workload: WorkloadFacts;
  readonly placement: PlacementFacts;
}) {
  return `${workload.kind}/${workload.name} ${containerName(placement)}`;
}
