import { baseOf } from "../../assess/images/replacement.ts";
import type { EvidenceStore } from "../../assess/run/evidence-store.ts";
import type { Lang } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { readDockerfile } from "../../evidence/dockerfile.ts";
import type { TrialSettings } from "../../evidence/trial/settings.ts";
import type { DeploymentDraft } from "../../fix/draft/deployment.ts";
import { seenStart } from "../../fix/seen-start.ts";
import type { Repository } from "./repository.ts";

/** Facts about the application: from its trial, otherwise its image, otherwise its Dockerfile. */
export function applicationDraft(
  repository: Repository,
  evidence: EvidenceStore,
  named: string | undefined,
  settings: TrialSettings,
  lang: Lang,
): DeploymentDraft {
  const [tried] = evidence.trials.flatMap(({ trial }) => {
    const stored = evidence.images.find(({ image }) => image.imageId === trial.imageId);
    return stored === undefined ? [] : [{ trial, image: stored.image }];
  });
  const stored = evidence.images.find(({ image }) => tried === undefined || image === tried.image);
  const seen = tried === undefined ? undefined : seenStart(tried.trial, tried.image);
  const given = (kind: string) => givenPlaces(tried?.trial, kind);
  const isPushed = stored?.reference.transport === "registry";
  const { packageName, path } = repository;
  const name = label(
    (named === undefined ? undefined : baseOf(named)) ??
      packageName ??
      (stored === undefined ? undefined : baseOf(stored.image.source)) ??
      baseOf(path),
  );
  const image = named ?? (isPushed ? stored.reference.given : `${PLACE[lang]}/${name}:1.0.0`);
  const ports =
    seen === undefined || seen.ports.length === 0
      ? exposed(repository, stored?.image.config.exposedPorts)
      : seen.ports;
  return {
    name,
    image,
    isPlaceholder: named === undefined && !isPushed,
    ports,
    mounts: [...new Set([...(seen?.mounts ?? []), ...given("mount"), ...(settings.mounts ?? [])])],
    injected: {
      env: { ...Object.fromEntries(given("env").map((one) => [one, undefined])), ...settings.env },
      files: [...new Set([...given("file"), ...Object.keys(settings.files ?? {})])],
    },
    ...(seen?.probes === undefined ? {} : { probes: seen.probes }),
    ...(stored === undefined ? {} : { source: stored.image.source }),
    ...(stored?.image.digest === undefined ? {} : { digest: stored.image.digest }),
    ...(evidence.sources.length === 0 ? {} : { from: evidence.sources.join(", ") }),
  };
}

/** Inputs that settings provided in the trial, which the manifest must provide from now on. */
function givenPlaces(trial: TrialFacts | undefined, kind: string): readonly string[] {
  return (trial?.inputs?.given ?? []).flatMap(({ place }) => {
    return place.startsWith(`${kind} `) ? [place.slice(kind.length + 1)] : [];
  });
}

const PLACE: Readonly<Record<Lang, string>> = {
  fr: "registry.example.fr/equipe",
  en: "registry.example.fr/team",
};

/** The name as a valid DNS label, as Kubernetes requires. */
function label(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return plain.replace(/^-/, "").slice(0, 50).replace(/-$/, "") || "application";
}

/** Ports of EXPOSE, from the image or the first Dockerfile: hints, if no trial observed ports. */
function exposed({ dockerfiles, path }: Repository, ofImage: readonly string[] = []): readonly number[] {
  const [dockerfile] = dockerfiles;
  const written = ofImage.length > 0 || dockerfile === undefined ? ofImage : ofDockerfile(dockerfile, path);
  const ports = written.flatMap((one) => (/^\d{1,5}(?:\/tcp)?$/.test(one) ? [Number.parseInt(one, 10)] : []));
  return [...new Set(ports)].filter((port) => port >= 1 && port <= 65_535);
}

/** Ports of the Dockerfile; empty if unreadable, which `douane check` reports. */
function ofDockerfile(name: string, cwd: string): readonly string[] {
  try {
    return readDockerfile(name, { cwd }).final?.expose.map(({ value }) => value) ?? [];
  } catch {
    return [];
  }
}
