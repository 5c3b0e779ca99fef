import { describe, expect, test } from "vitest";
import { digestOf, imageFacts, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/placement.ts";
import type { ContainerFacts, PodSecurityContextFacts } from "../../contract/pod-facts.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { NO_CONFIG } from "../../evidence/trial/config-lookup.ts";
import { KnownTrials, type PlacedTrial } from "./known-trials.ts";

const EVIDENCE = {
  image: imageFacts({ config: { entrypoint: ["/app/server"], cmd: [], env: [] } }),
  reference: referenceFacts(),
};
const { imageId, platform } = EVIDENCE.image;
const OF_IMAGE = tried({});

function tried(changes: Partial<TrialFacts>): TrialFacts {
  const facts = {
    imageId,
    platform,
    argv: ["/app/server"],
    cwd: "/app",
    envNames: ["HOSTNAME", "PATH"],
    mounts: ["/tmp"],
  };
  return trialFacts({ facts: { ...facts, ...changes } });
}

function known(...handed: readonly TrialFacts[]): KnownTrials {
  return new KnownTrials(handed, {}, () => NO_CONFIG);
}

function placed(spec: ContainerFacts, securityContext: PodSecurityContextFacts = {}): PlacedTrial {
  const workload = workloadFacts({ securityContext, containers: [{ name: "web", ...spec }] });
  const [placement] = placements(workload);
  if (placement === undefined) throw new Error("no container");
  return { workload, placement };
}

describe("trials that were handed in", () => {
  test("count for the image, command, variables and mounts that they ran with", () => {
    const trials = known(OF_IMAGE);
    expect(trials.of(EVIDENCE)).toBe(OF_IMAGE);
    expect([trials.ignored, trials.all]).toEqual([[], [OF_IMAGE]]);
  });

  test.each<[Partial<TrialFacts>, string]>([
    [{ imageId: digestOf(0xc) }, "it is about the image sha256:"],
    [{ argv: ["/other"] }, "the trial ran `/other`, not `/app/server`"],
    [{ cwd: "/srv" }, "the trial started in the directory /srv, not /app"],
    [{ user: { runAs: "4711", supplementalGroups: [] } }, "the trial ran as the user 4711, not 1000"],
    [{ capabilities: ["CAP_X"] }, "the capabilities of the trial differ: with CAP_X added"],
    [{ envNames: ["A", "HOSTNAME", "PATH"] }, "the environment variables of the trial differ: with A added"],
    [{ mounts: ["/data", "/tmp"] }, "the mounts of the trial differ: with /data added"],
  ])("are ignored otherwise, and the difference is told: %j", (changes, says) => {
    const trials = known(tried(changes));
    expect(trials.of(EVIDENCE)).toBeUndefined();
    expect(trials.ignored.map(({ en }) => en)).toEqual([expect.stringContaining(says)]);
  });

  test.each<[ContainerFacts, PodSecurityContextFacts]>([
    [{ securityContext: { runAsUser: 0 } }, {}],
    [{}, { runAsUser: 0 }],
    [{}, { runAsGroup: 0 }],
    [{}, { fsGroup: 0 }],
    [{}, { supplementalGroups: [0] }],
    [{ workingDir: "/srv" }, {}],
    [{ securityContext: { capabilities: { add: ["NET_BIND_SERVICE"] } } }, {}],
  ])("do not count for a container that runs otherwise: %j, pod %j", (spec, securityContext) => {
    const trial = tried({ mounts: [] });
    expect(known(trial).of(EVIDENCE, placed({}))).toBe(trial);
    expect(known(trial).of(EVIDENCE, placed(spec, securityContext))).toBeUndefined();
  });

  test("a manifest whose variables nobody can name leaves room for any", () => {
    const trial = tried({ envNames: ["A", "HOSTNAME", "PATH"], mounts: [] });
    expect(known(trial).of(EVIDENCE, placed({ envFrom: [{ secretRef: { name: "s" } }] }))).toBe(trial);
    expect(known(trial).of(EVIDENCE, placed({}))).toBeUndefined();
  });

  test("of containers that run alike, each has its own: by those beside it, then by their order", () => {
    const workload = workloadFacts({ containers: [{ name: "web" }, { name: "worker" }] });
    const [web, worker] = placements(workload).map((placement): PlacedTrial => ({ workload, placement }));
    const [ofWorker, ofWeb] = [
      tried({ mounts: [], beside: ["web"] }),
      tried({ mounts: [], beside: ["worker"] }),
    ];
    const trials = known(ofWorker, ofWeb);
    expect([trials.of(EVIDENCE, web), trials.of(EVIDENCE, worker)]).toEqual([ofWeb, ofWorker]);
    expect(trials.of(EVIDENCE, web)).toBe(ofWeb);
    expect(trials.all).toEqual([ofWeb, ofWorker]);

    const again = known(...trials.all, tried({ mounts: [], beside: ["worker"], durationMs: 1 }));
    const other = { ...workload, document: 7 };
    expect(again.of(EVIDENCE, web)).toBe(ofWeb);
    expect(
      placements(other).map((placement) => again.of(EVIDENCE, { workload: other, placement })?.durationMs),
    ).toEqual([1, ofWorker.durationMs]);
  });

  test("one that another stood in for is told to be", () => {
    const [first, second] = [tried({}), tried({ durationMs: 1 })];
    const trials = known(first, second);
    expect(trials.of(EVIDENCE)).toBe(first);
    expect(trials.ignored.map(({ en }) => en)).toEqual([
      "trial ignored: another trial of the same container counted.",
    ]);
  });

  test("a trial of the image alone is none of the manifest's, which mounts no /tmp", () => {
    expect(known(OF_IMAGE).of(EVIDENCE, placed({}))).toBeUndefined();
  });
});

describe("trials of this run", () => {
  test("belong to their container, whatever was handed in", () => {
    const trials = known(OF_IMAGE);
    const own = tried({ mounts: [] });
    const web = placed({});
    trials.add(own, EVIDENCE, web);
    expect(trials.of(EVIDENCE, web)).toBe(own);
    expect(trials.of(EVIDENCE)).toBe(OF_IMAGE);
    expect(trials.all).toEqual([own, OF_IMAGE]);
  });
});
