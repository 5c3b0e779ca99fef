import { expect, test } from "vitest";
import { addedCapabilities } from "./capabilities.ts";

test.each([
  [undefined, []],
  [[], []],
  [["NET_BIND_SERVICE"], ["CAP_NET_BIND_SERVICE"]],
  [["cap_net_bind_service"], ["CAP_NET_BIND_SERVICE"]],
  [["SYS_ADMIN", "ALL"], []],
])("%j gives %j", (add, capabilities) => {
  expect(addedCapabilities(add === undefined ? {} : { capabilities: { add } })).toEqual(capabilities);
  expect(addedCapabilities(undefined)).toEqual([]);
});
