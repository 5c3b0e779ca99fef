import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { tcpCounts } from "./socket-counts.ts";

const FILES = {
  sockstat: "sockets: used 70\nTCP: inuse 12 orphan 0 tw 977 alloc 13 mem 74\nUDP: inuse 3 mem 0\n",
  sockstat6: "TCP6: inuse 4\nUDP6: inuse 0\n",
  snmp: "Ip: Forwarding\nIp: 1\nTcp: RtoAlgorithm ActiveOpens PassiveOpens\nTcp: 1 93 5\nUdp: InDatagrams\nUdp: 9\n",
};

function counts(changes: Partial<typeof FILES> = {}): string | undefined {
  return tcpCounts((name) => ({ ...FILES, ...changes })[name]);
}

test.each<[string, Partial<typeof FILES>, boolean]>([
  ["a socket more", { sockstat: FILES.sockstat.replace("inuse 12", "inuse 13") }, true],
  ["a socket of IPv6 more", { sockstat6: "TCP6: inuse 5\n" }, true],
  ["another call in place of one", { snmp: FILES.snmp.replace("93", "94") }, true],
  ["a call that was taken", { snmp: FILES.snmp.replace(" 5\n", " 6\n") }, false],
  ["a socket of UDP more", { sockstat: FILES.sockstat.replace("inuse 3", "inuse 4") }, false],
])("%s", (_, changes, differs) => {
  expect(counts(changes) !== counts()).toBe(differs);
});

test.each<[string, Partial<typeof FILES>]>([
  ["no counts", { sockstat: "" }],
  ["no counter of calls", { snmp: "Tcp: RtoAlgorithm\nTcp: 1\n" }],
])("a kernel with %s does not tell", (_, files) => {
  expect(counts(files)).toBeUndefined();
});

test("a kernel without IPv6 tells, too", () => {
  expect(counts({ sockstat6: "" })).toBeDefined();
});

test("a connection changes what this kernel tells", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const before = tcpCounts();
  const socket = connect((server.address() as { port: number }).port, "127.0.0.1");
  await once(socket, "connect");
  expect(before).toBeDefined();
  expect(tcpCounts()).not.toBe(before);
  socket.destroy();
  server.close();
});
