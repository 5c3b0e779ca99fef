import { expect, test } from "vitest";
import { inEveryList, judgedPod, ofOne, remedies, said } from "../../../test/fixtures/restricted.ts";
import { hostPorts } from "./1.1-host-ports.ts";

test.each([{}, { ports: [] }, { ports: [{ containerPort: 8080 }, { containerPort: 9090, hostPort: 0 }] }])(
  "accepted: %j",
  (container) => {
    expect(judgedPod(hostPorts, inEveryList(container)).status).toBe("pass");
  },
);

test("refused in every list, with the port seen", () => {
  const outcome = judgedPod(hostPorts, inEveryList({ ports: [{ containerPort: 80 }, { hostPort: 8080 }] }));
  expect(said(outcome)).toEqual(
    ["first", "web", "debugger"].map(
      (name) => `${name}: ports[1].hostPort is 8080: the container takes this port of the node`,
    ),
  );
  expect(remedies(outcome)[0]).toBe("Remove `hostPort: 8080` under the container's ports[1].");
});

test.each(["ports", "ports[1]", "ports[0].hostPort"])("open: %s is not readable", (field) => {
  const sketch = ofOne({ ports: field === "ports" ? [] : [{}, {}] });
  const invalid = [`spec.template.spec.containers[0].${field}`];
  expect(judgedPod(hostPorts, { ...sketch, invalid }).status).toBe("unproven");
});
