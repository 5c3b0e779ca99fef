import { expect, test } from "vitest";
import { followClosed, localOf, remoteOf, wentBothWays } from "./closed-sockets.ts";

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

test.each([
  ["UNCONN 1      0      127.0.0.1:9000 127.0.0.1:60050", { address: "127.0.0.1", port: 9_000 }],
  [
    "UNCONN 0      0      [::ffff:127.0.0.1]:9000 [::ffff:127.0.0.1]:60050 ",
    { address: "127.0.0.1", port: 9_000 },
  ],
  ["UNCONN 0      0      [::1]:9000 [::1]:60050", { address: "::1", port: 9_000 }],
  ["\t wscale:10,10 rto:204 bytes_sent:50", undefined],
])("%s is bound to", (line, local) => {
  expect(localOf(line)).toEqual(local);
});

test.each([
  ["\t wscale:10,10 bytes_sent:50 bytes_acked:51 bytes_received:34 segs_out:4", true],
  // A connection that is closed: its end counts as a byte.
  ["\t wscale:10,10 bytes_acked:1 bytes_received:1 segs_out:4", false],
  ["\t wscale:10,10 bytes_sent:50 bytes_acked:51 bytes_received:1", false],
  ["\t wscale:10,10 bytes_acked:1 bytes_received:34 segs_out:4", false],
  ["\t wscale:10,10 send 76725073171bps", false],
])("%s: %s", (line, isTalk) => {
  expect(wentBothWays(line)).toBe(isTalk);
});

test("without the programs nothing is followed", () => {
  expect(followClosed({}, () => {})).toBeUndefined();
});
