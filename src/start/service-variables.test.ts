import { expect, test } from "vitest";
import { SERVICE_VARIABLES, serviceVariables } from "./service-variables.ts";

test("a Service of the namespace that is called kubernetes stands in place of the cluster's", () => {
  const variables = serviceVariables([
    { name: "kubernetes", address: "10.96.1.1", ports: [{ port: 80, protocol: "TCP" }] },
  ]);
  expect(variables.get("KUBERNETES_SERVICE_HOST")).toBe("10.96.1.1");
  expect([...variables.keys()]).not.toContain("KUBERNETES_SERVICE_PORT_HTTPS");
  expect(SERVICE_VARIABLES.get("KUBERNETES_SERVICE_PORT_HTTPS")).toBe("443");
});

test("a port without a name has no variable by its name", () => {
  const ports = [
    { name: "", port: 1, protocol: "TCP" },
    { name: "b-c", port: 2, protocol: "TCP" },
  ] as const;
  const names = [...serviceVariables([{ name: "a-b", address: "10.96.1.1", ports }]).keys()];
  expect(names.filter((name) => name.startsWith("A_B_SERVICE_PORT"))).toEqual([
    "A_B_SERVICE_PORT",
    "A_B_SERVICE_PORT_B_C",
  ]);
});
