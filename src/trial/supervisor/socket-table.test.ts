import { expect, test } from "vitest";
import { socketRows } from "./socket-table.ts";

const HEADER =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const REST = "00000000:00000000 00:00000000 00000000  1000        0 4242 1 0000000000000000 100 0 0 10 0";

test.each([
  ["00000000:1F90", "0.0.0.0", 8080],
  ["0100007F:0050", "127.0.0.1", 80],
  ["0200580A:1F90", "10.88.0.2", 8080],
  ["00000000000000000000000000000000:1F90", "::", 8080],
  ["00000000000000000000000001000000:1F90", "::1", 8080],
  ["880000FD000000000000000002000000:1F90", "fd00:88::2", 8080],
  ["0000000000000000FFFF00000100007F:1F90", "127.0.0.1", 8080],
])("%s is %s", (field, address, port) => {
  const rows = socketRows(`${HEADER}   0: ${field} 00000000:0000 0A ${REST}\n`);
  expect(rows.map((row) => row.local)).toEqual([{ address, port }]);
});

test("state, peer and inode are read; what is no row is passed over", () => {
  const table = `${HEADER}   0: 0200580A:C350 0500000A:1538 02 ${REST}\ngarbage\n\n`;
  expect(socketRows(table)).toEqual([
    {
      local: { address: "10.88.0.2", port: 50_000 },
      remote: { address: "10.0.0.5", port: 5_432 },
      state: "02",
      inode: "4242",
    },
  ]);
});
