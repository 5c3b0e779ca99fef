import { expect, test } from "vitest";
import { jobSettings } from "./job-settings.ts";

const object = (kind: string, spec: unknown, apiVersion = "batch/v1") => ({
  value: { spec },
  apiVersion,
  kind,
  path: [],
});
const cron = (spec: unknown) => object("CronJob", { jobTemplate: { spec } });

test.each([
  [object("Job", { completionMode: "Indexed", completions: 2 }), { isIndexed: true }],
  [object("Job", { completionMode: "NonIndexed" }), undefined],
  [object("Job", { activeDeadlineSeconds: 1 }), { activeDeadlineSeconds: 1 }],
  [
    cron({ completionMode: "Indexed", activeDeadlineSeconds: 60 }),
    { isIndexed: true, activeDeadlineSeconds: 60 },
  ],
  [object("Job", { activeDeadlineSeconds: "1" }), undefined],
  [object("Job", { activeDeadlineSeconds: null }), undefined],
  [object("Job", { completions: 0 }), { isEmpty: true }],
  [cron({ completions: 0, completionMode: "Indexed" }), { isIndexed: true, isEmpty: true }],
  [object("Job", { completions: 1, parallelism: 0 }), undefined],
  [object("Job", { completions: "0" }), undefined],
  [object("Job", { completions: null }), undefined],
  [object("Job", "x"), undefined],
  [object("CronJob", { jobTemplate: "x" }), undefined],
  [object("CronJob", "x"), undefined],
  [object("CronJob", { completionMode: "Indexed" }), undefined],
  [object("Deployment", { completionMode: "Indexed" }, "apps/v1"), undefined],
  [object("Job", { completionMode: "Indexed" }, "batch.volcano.sh/v1alpha1"), undefined],
])("%j → %j", (job, settings) => {
  expect(jobSettings(job)).toEqual(settings);
});

const JOBS = ["spec", "replicatedJobs", 0, "template", "spec", "template"];
const jobSet = (spec: object) =>
  object("JobSet", { replicatedJobs: [{ template: { spec } }] }, "jobset.x-k8s.io/v1alpha2");
const scaled = (spec: object) => object("ScaledJob", { jobTargetRef: spec }, "keda.sh/v1alpha1");

test.each([
  // The webhook of JobSet makes its Jobs Indexed.
  [jobSet({ template: {} }), JOBS, { isIndexed: true }],
  [jobSet({ template: {}, completionMode: "NonIndexed" }), JOBS, undefined],
  [jobSet({ template: {}, activeDeadlineSeconds: 9 }), JOBS, { isIndexed: true, activeDeadlineSeconds: 9 }],
  [scaled({ template: {} }), ["spec", "jobTargetRef", "template"], undefined],
  [
    scaled({ template: {}, completionMode: "Indexed", activeDeadlineSeconds: 9 }),
    ["spec", "jobTargetRef", "template"],
    { isIndexed: true, activeDeadlineSeconds: 9 },
  ],
  [object("Own", { completionMode: "Indexed" }, "x.example/v1"), ["template"], undefined],
])("the pod template of %j at %j → %j", (own, template, settings) => {
  expect(jobSettings(own, template)).toEqual(settings);
});
