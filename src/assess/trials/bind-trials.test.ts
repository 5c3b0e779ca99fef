import { describe, expect, test } from "vitest";
import { digestOf, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { inFile, workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { ContainerFacts, PodSecurityContextFacts } from "../../contract/pod-facts.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { BoundTrial, TrialEvidence } from "../../evidence/file.ts";
import { boundSettings } from "../../evidence/trial/inputs/bound-settings.ts";
import { NO_OBJECTS } from "../../evidence/trial/namespace-objects.ts";
import { TrialBinding, type TriedSubject } from "./bind-trials.ts";

const IMAGE = imageFacts({ config: { entrypoint: ["/app/server"], cmd: [], env: [] } });
const ALONE: TriedSubject = { image: IMAGE };
const { imageId, platform } = IMAGE;
const ORIGIN = { by: "handed-in", file: "trial.json", douane: "0.1.0" } as const;
const OF_IMAGE = tried({});

function tried(changes: Partial<TrialFacts>, ranAs?: TrialEvidence["ranAs"]): TrialEvidence {
  const facts = {
    imageId,
    platform,
    argv: ["/app/server"],
    cwd: "/app",
    envNames: ["HOSTNAME", "PATH"],
    mounts: ["/tmp"],
  };
  const trial = trialFacts({ facts: { ...facts, ...changes } });
  return { origin: ORIGIN, trial, ...(ranAs === undefined ? {} : { ranAs }) };
}

/** A trial of the container as the manifest declares it. */
function triedAs(subject: TriedSubject, changes: Partial<TrialFacts> = {}, ranAs?: TrialEvidence["ranAs"]) {
  const { workload, placement } = subject.placed ?? {};
  if (workload === undefined || placement === undefined) throw new Error("no manifest");
  const placed = { workload, placement, masked: placement, maskedWorkload: workload };
  const { subject: bound } = boundSettings({ facts: IMAGE, placed, objects: NO_OBJECTS, settings: {} });
  return tried({ ...bound, ...changes }, ranAs);
}

function bindingIn(judged: readonly WorkloadFacts[], ...handed: readonly TrialEvidence[]): TrialBinding {
  return new TrialBinding(handed, { objects: () => NO_OBJECTS, judged });
}

function binding(...handed: readonly TrialEvidence[]): TrialBinding {
  return new TrialBinding(handed, { objects: () => NO_OBJECTS });
}

function one(trials: TrialBinding, subject: TriedSubject): BoundTrial | undefined {
  return trials.bind([subject])[0];
}

function placed(spec: ContainerFacts, securityContext: PodSecurityContextFacts = {}): TriedSubject {
  const workload = workloadFacts({ securityContext, containers: [{ name: "web", ...spec }] });
  const [placement] = placements(workload);
  if (placement === undefined) throw new Error("no container");
  return { image: IMAGE, placed: { workload, placement } };
}

describe("trials that were handed in", () => {
  test("count for the image, command, variables and mounts that they ran with", () => {
    const trials = binding(OF_IMAGE);
    expect(one(trials, ALONE)).toBe(OF_IMAGE);
    expect(trials.ignored).toEqual([]);
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
    const trials = binding(tried(changes));
    expect(one(trials, ALONE)).toBeUndefined();
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
    const trial = triedAs(placed({}));
    expect(one(binding(trial), placed({}))).toBe(trial);
    expect(one(binding(trial), placed(spec, securityContext))).toBeUndefined();
  });

  test("a manifest whose variables nobody can name leaves room for any", () => {
    const open = placed({ envFrom: [{ secretRef: { name: "s" } }] });
    const trial = triedAs(open, { envNames: ["A", "HOSTNAME", "PATH"] });
    expect(one(binding(trial), open)).toBe(trial);
    expect(one(binding(trial), placed({}))).toBeUndefined();
  });

  test("a trial of the image alone is none of the manifest's, which mounts no /tmp", () => {
    expect(one(binding(OF_IMAGE), placed({}))).toBeUndefined();
  });

  test("all count for the same container, in an order of their own, and a copy once", () => {
    const [first, second] = [tried({ durationMs: 1 }), tried({ durationMs: 2 })];
    const orders = [
      [first, second],
      [second, first],
      [second, first, tried({ durationMs: 2 })],
    ];
    for (const given of orders) {
      const trials = binding(...given);
      expect(one(trials, ALONE)).toEqual({ ...first, others: [second] });
      expect(trials.ignored).toEqual([]);
    }
  });

  test("of the image alone go before those that ran as a container, whichever is given first", () => {
    const place = { file: "other.yaml", document: 0, path: "spec.containers[0]" };
    const [placedFirst, alone] = [tried({ durationMs: 1 }, place), tried({ durationMs: 2 })];
    for (const given of [
      [placedFirst, alone],
      [alone, placedFirst],
    ]) {
      expect(one(binding(...given), ALONE)).toEqual({ ...alone, others: [placedFirst] });
    }
  });

  test("of an image alone ran with the arguments of the settings, of a container with the manifest's", () => {
    const withArguments = (...handed: readonly TrialEvidence[]) =>
      new TrialBinding(handed, { objects: () => NO_OBJECTS, settings: { args: ["--debug"] } });
    const debugging = tried({ argv: ["/app/server", "--debug"] });
    expect(one(withArguments(debugging), ALONE)).toBe(debugging);
    expect(one(binding(debugging), ALONE)).toBeUndefined();
    expect(one(withArguments(OF_IMAGE), ALONE)).toBeUndefined();
    const trial = triedAs(placed({}));
    expect(one(withArguments(trial), placed({}))).toBe(trial);
  });

  test("count beside the run's own", () => {
    const own: BoundTrial = { ...tried({ durationMs: 3 }), origin: { by: "own-run", douane: "0.1.0" } };
    expect(one(binding(OF_IMAGE), { ...ALONE, own })).toEqual({ ...own, others: [OF_IMAGE] });
    expect(one(binding(tried({ argv: ["/other"] })), { ...ALONE, own })).toBe(own);
    expect(one(binding(), { ...ALONE, own })).toBe(own);
  });

  test("leave open what no trial gives, and so does the run's own", () => {
    const pod = workloadFacts({ containers: [{ name: "web", tty: true }] });
    const [placement] = placements(pod);
    if (placement === undefined) throw new Error("no container");
    const web: TriedSubject = { image: IMAGE, placed: { workload: pod, placement } };
    const [own, given] = [triedAs(web), triedAs(web, { durationMs: 3 })];
    const open = { reservations: [{ en: expect.stringContaining("tty") }] };
    expect(one(binding(), { ...web, own })).toMatchObject(open);
    expect(one(binding(given), { ...web, own })).toMatchObject({ ...open, others: [open] });
  });

  test("of a pod that differs counts beside one of the very pod neither for nor against it", () => {
    const pod = workloadFacts({ containers: [{ name: "web" }] });
    const [placement] = placements(pod);
    if (placement === undefined) throw new Error("no container");
    const web: TriedSubject = { image: IMAGE, placed: { workload: pod, placement } };
    const [whole, beside] = [triedAs(web), triedAs(web, { beside: [{ name: "proxy", imageId }] })];
    const trials = binding(beside, whole);
    expect(one(trials, web)).toBe(whole);
    expect(trials.ignored.map(({ en }) => en)).toEqual([
      "trial ignored: another trial of the same container counted.",
    ]);
    const reserved: BoundTrial = { ...whole, reservations: [{ fr: "r", en: "r" }] };
    expect(one(binding(beside), { ...web, own: whole })).toBe(whole);
    expect(one(binding(beside), { ...web, own: reserved })?.others).toMatchObject([beside]);
  });
});

describe("trials that are attested about the image", () => {
  const signed = (changes: Partial<TrialFacts> = {}): TrialEvidence => ({
    ...tried(changes),
    origin: { by: "signed", signer: "team", douane: "0.1.0" },
  });

  test("count without any that was handed in, beside the run's own, and beside those", () => {
    const [attested, handed] = [signed(), tried({ durationMs: 3 })];
    const alone = binding();
    expect(one(alone, { ...ALONE, attested: [attested] })).toBe(attested);
    expect(alone.ignored).toEqual([]);
    const own: BoundTrial = { ...tried({ durationMs: 4 }), origin: { by: "own-run", douane: "0.1.0" } };
    expect(one(binding(), { ...ALONE, own, attested: [attested] })).toEqual({ ...own, others: [attested] });
    const both = one(binding(handed), { ...ALONE, attested: [attested] });
    const origins = [both, ...(both?.others ?? [])].map((trial) => trial?.origin.by);
    expect(new Set(origins)).toEqual(new Set(["handed-in", "signed"]));
  });

  test("count for no other container of the image", () => {
    const trials = binding();
    expect(trials.bind([{ ...ALONE, attested: [signed()] }, ALONE])).toEqual([signed(), undefined]);
  });

  test("are ignored where they differ, and that is said once for each", () => {
    const trials = binding();
    const other = signed({ argv: ["/other"] });
    const attested = [other, signed({ cwd: "/srv" })];
    expect(
      trials.bind([
        { ...ALONE, attested },
        { ...ALONE, attested: [other] },
      ]),
    ).toEqual([undefined, undefined]);
    expect(trials.ignored.map(({ en }) => en)).toEqual([
      expect.stringContaining("the trial ran `/other`"),
      expect.stringContaining("in the directory /srv"),
    ]);
  });
});

test.each([
  [1, 0],
  [0, 1],
])(
  "of a pod with a grace period of %i s, a trial that took longer to stop has %i reservations",
  (seconds, count) => {
    const workload = workloadFacts({
      containers: [{ name: "web" }],
      terminationGracePeriodSeconds: seconds,
    });
    const [placement] = placements(workload);
    if (placement === undefined) throw new Error("no container");
    const subject: TriedSubject = { image: IMAGE, placed: { workload, placement } };
    expect(one(binding(triedAs(subject)), subject)?.reservations ?? []).toHaveLength(count);
  },
);

describe("of containers that run alike", () => {
  const pod = workloadFacts({ containers: [{ name: "web" }, { name: "worker" }] });
  const containersOf = (workload: WorkloadFacts): readonly TriedSubject[] =>
    placements(workload).map((placement) => ({ image: IMAGE, placed: { workload, placement } }));

  const [web = ALONE, worker = ALONE] = containersOf(pod);
  const BESIDE_WORKER = { beside: [{ name: "worker", imageId }] };
  const BESIDE_WEB = { beside: [{ name: "web", imageId }] };

  test("each has the trial that ran beside the others", () => {
    const [ofWorker, ofWeb] = [triedAs(worker, BESIDE_WEB), triedAs(web, BESIDE_WORKER)];
    expect(binding(ofWorker, ofWeb).bind(containersOf(pod))).toEqual([ofWeb, ofWorker]);
    expect(binding(ofWeb).bind(containersOf(pod))).toEqual([ofWeb, undefined]);
  });

  test.each<[string, Partial<TrialFacts>, Digest | undefined, string | undefined]>([
    ["beside the same", BESIDE_WORKER, imageId, undefined],
    ["beside one whose image was not read", BESIDE_WORKER, undefined, undefined],
    [
      "beside another image",
      BESIDE_WORKER,
      digestOf(0xc),
      "the trial took place beside another image of the container worker",
    ],
    ["without it", {}, imageId, "the trial took place without the container worker of the same pod"],
    [
      "beside one more",
      { beside: [...BESIDE_WORKER.beside, { name: "proxy", imageId }] },
      imageId,
      "the trial took place beside the container proxy, which the pod does not have",
    ],
  ])("a trial %s counts, or proves nothing", (_, tried, beside, says) => {
    const trial = triedAs(web, tried);
    const subject = { ...web, placed: { ...web.placed, imageIdOf: () => beside } } as TriedSubject;
    const [bound] = binding(trial).bind([subject]);
    expect(bound?.reservations?.map(({ en }) => en)).toEqual(says === undefined ? undefined : [says]);
  });

  test("one of the image alone proves nothing of a pod with others", () => {
    const tmp = { volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] };
    const two = workloadFacts({
      containers: [{ name: "web", ...tmp }, { name: "worker" }],
      volumes: [{ name: "tmp", sources: ["emptyDir"] }],
    });
    const [placement] = placements(two);
    if (placement === undefined) throw new Error("no container");
    const [bound] = binding(OF_IMAGE).bind([{ image: IMAGE, placed: { workload: two, placement } }]);
    expect(bound?.reservations?.map(({ en }) => en)).toEqual([
      "the trial took place without the container worker of the same pod",
    ]);
  });

  test.each([
    { file: "web.yaml", document: 7 },
    { file: "other.yaml", document: 0 },
  ])("each has the trial of its very place, whichever workload asks first: %j", (place) => {
    const other = asMasked({ ...pod, at: { in: "file" as const, line: 1, ...place } });
    const at = (workload: WorkloadFacts): readonly TrialEvidence[] =>
      containersOf(pod).map((container, index) =>
        triedAs(container, index === 0 ? BESIDE_WORKER : BESIDE_WEB, {
          ...inFile(workload),
          path: container.placed?.placement.path ?? "",
        }),
      );
    const [own, others] = [at(pod), at(other)];
    const trials = [...others, ...own];
    const [forwards, backwards] = [pod, other].map(() => bindingIn([pod, other], ...trials));
    if (forwards === undefined || backwards === undefined) throw new Error("no binding");
    expect([pod, other].map((one) => forwards.bind(containersOf(one)))).toEqual([own, others]);
    expect([other, pod].map((one) => backwards.bind(containersOf(one)))).toEqual([others, own]);
    expect(forwards.ignored).toEqual([]);
  });

  test("a thousand containers of one image are judged, each with the trial of its place", () => {
    const places = Array.from({ length: 1_000 }, (_, document) =>
      asMasked({ ...pod, at: { in: "file" as const, line: 1, file: "all.yaml", document } }),
    );
    const trials = places.map((workload) => {
      const [container = ALONE] = containersOf(workload);
      const path = container.placed?.placement.path ?? "";
      return triedAs(container, BESIDE_WORKER, { ...inFile(workload), path });
    });
    const trials1000 = bindingIn(places, ...trials);
    const bound = places.map((workload) => trials1000.bind(containersOf(workload).slice(0, 1))[0]);
    expect(bound).toEqual(trials);
    expect(trials1000.ignored).toEqual([]);
  });

  test("one of its own place goes before one of another's, if both differ from the pod", () => {
    const other = asMasked({ ...pod, at: { in: "file" as const, line: 1, file: "other.yaml", document: 0 } });
    const [container = ALONE] = containersOf(pod);
    const at = (workload: WorkloadFacts, beside: object) =>
      triedAs(container, beside, { ...inFile(workload), path: container.placed?.placement.path ?? "" });
    const proxy = { beside: [...BESIDE_WORKER.beside, { name: "proxy", imageId }] };
    const [here, elsewhere] = [at(pod, proxy), at(other, proxy)];
    const bound = (...trials: readonly TrialEvidence[]) => one(bindingIn([pod, other], ...trials), container);
    expect(bound(elsewhere, here)).toMatchObject({ ...here, reservations: [{}] });
    expect(bound(here, at(other, BESIDE_WORKER))).toEqual(at(other, BESIDE_WORKER));
    expect(bound(elsewhere)).toMatchObject({ ...elsewhere, reservations: [{}] });
  });
});
