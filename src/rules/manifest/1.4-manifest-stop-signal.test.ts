import { expect, test } from "vitest";
import { manifestAlone } from "../../../test/fixtures/manifest-alone.ts";
import { manifestStopSignal } from "./manifest-rules.ts";

test.each(["SIGKILL", "SIGSTOP", "SIGNOTHING"])("fail: lifecycle.stopSignal: %s", (stopSignal) => {
  expect(manifestAlone(manifestStopSignal, { lifecycle: { stopSignal } })).toMatchObject({
    status: "fail",
    found: [`1.4-manifest-stop-signal:portal/Deployment/web/web/lifecycle.stopSignal:${stopSignal}`],
  });
});

test.each([{}, { lifecycle: {} }, { lifecycle: { stopSignal: "SIGTERM" } }, { args: ["SIGKILL"] }])(
  "trap: %j",
  (container) => {
    expect(manifestAlone(manifestStopSignal, container)).toEqual({ status: "n/a", found: [], notes: [] });
  },
);
