import { expect, test } from "vitest";
import type { SysctlFacts } from "../../contract/pod-facts.ts";
import type { Text } from "../../contract/text.ts";
import { trialSysctls } from "./sysctls.ts";

function set(...sysctls: readonly SysctlFacts[]) {
  const said: Text[] = [];
  return { set: trialSysctls({ sysctls }, (text) => void said.push(text)), said: said.map(({ en }) => en) };
}

test("safe sysctls of the network are set", () => {
  const [range, memory] = ["net.ipv4.ip_local_port_range", "net.ipv4.tcp_rmem"];
  expect(set({ name: range, value: "1024 65535" }, { name: memory })).toEqual({
    set: { [range]: "1024 65535", [memory]: "" },
    said: [],
  });
  expect(trialSysctls(undefined, () => expect.unreachable())).toEqual({});
  expect(trialSysctls({}, () => expect.unreachable())).toEqual({});
});

test.each([
  "net.ipv4.ip_forward",
  "net.core.somaxconn",
  "net.netfilter.nf_conntrack_max",
  "net.ipv4.conf.all.rp_filter",
  "net..ipv4.tcp_rmem",
  "net/ipv4/tcp_rmem",
  "kernel.shm_rmid_forced",
  "kernel.core_pattern",
  "toString",
  "",
])("%j is left out, and said to be", (name) => {
  const { set: kept, said } = set({ name, value: "1" });
  expect(kept).toEqual({});
  expect(said).toEqual([expect.stringContaining(`does not set the sysctl ${name === "" ? '""' : name}:`)]);
});
