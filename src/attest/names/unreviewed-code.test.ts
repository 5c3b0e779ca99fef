import { expect, test } from "vitest";
import { isMergeRequestRef, isUnreviewedEvent } from "./unreviewed-code.ts";

test.each([
  ["refs/heads/main", false],
  ["refs/pull/1/merge", true],
  ["refs/pull-requests/1/from", true],
  ["refs/changes/01/1/1", true],
  ["refs/merge-requests/1/merge", true],
  ["xrefs/pull/1/merge", false],
  [undefined, false],
])("reference %j", (ref, expected) => {
  expect(isMergeRequestRef(ref)).toBe(expected);
});

test.each([
  ["push", false],
  ["merge_request", true],
  ["merge_request_event", true],
  ["external_pull_request_event", true],
  ["pull_request_target", true],
  ["merge_group", true],
  ["issue_comment", true],
  ["workflow_run", true],
  ["workflow_dispatch", false],
  ["schedule", false],
  ["parent_pipeline", false],
  ["pull_request_review", true],
  ["pull_requests", false],
  ["a pull_request", false],
  [undefined, false],
])("event %j", (event, expected) => {
  expect(isUnreviewedEvent(event)).toBe(expected);
});
