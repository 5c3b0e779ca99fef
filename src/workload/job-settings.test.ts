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
  [object("Job", "x"), undefined],
  [object("CronJob", { jobTemplate: "x" }), undefined],
  [object("CronJob", "x"), undefined],
  [object("CronJob", { completionMode: "Indexed" }), undefined],
  [object("Deployment", { completionMode: "Indexed" }, "apps/v1"), undefined],
  [object("Job", { completionMode: "Indexed" }, "batch.volcano.sh/v1alpha1"), undefined],
])("%j → %j", (job, settings) => {
  expect(jobSettings(job)).toEqual(settings);
});
