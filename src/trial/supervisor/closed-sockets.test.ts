import { expect, test } from "vitest";
import { followClosed, remoteOf } from "./closed-sockets.ts";

test.each([
  ["UNCONN 0      1      10.88.0.2:49144 10.1.2.3:5432", { address: "10.1.2.3", port: 5432 }],
  [
    "UNCONN 0      1      [::ffff:10.88.0.2]:44626 [::ffff:10.1.2.5]:5432 ",
    { address: "10.1.2.5", port: 5432 },
  ],
  ["UNCONN 0      0      [fd00:88::2]:44626 [2001:db8::1]:443", { address: "2001:db8::1", port: 443 }],
  ["UNCONN 0      0        0.0.0.0:8080    0.0.0.0:*   ", undefined],
  ["UNCONN 0      3      0.0.0.0:56572 127.0.0.1:*", undefined],
  ["State Recv-Q Send-Q Local Address:Port Peer Address:Port", undefined],
  ["", undefined],
])("%s", (line, remote) => {
  expect(remoteOf(line)).toEqual(remote);
});

test("without the programs nothing is followed", () => {
  expect(followClosed({}, () => {})).toBeUndefined();
});
