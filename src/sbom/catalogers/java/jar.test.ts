import { expect, test } from "vitest";
import { JarFacts } from "./jar.ts";

function stated(manifest: string): unknown {
  const jar = new JarFacts();
  jar.see("META-INF/MANIFEST.MF", Buffer.from(manifest));
  return jar.packages("app-1.0.jar").packages[0];
}

test.each([
  ["Start-Class: com.example.demo.App\n", { namespace: "com.example.demo" }],
  ["Start-Class: App\n", {}],
  ["Implementation-Vendor-Id: org.a\n", { namespace: "org.a", groupGuessed: true }],
  ["Implementation-Vendor-Id: org.a\nStart-Class: com.b.App\n", { namespace: "com.b" }],
])("the group of a jar without pom.properties: %j", (manifest, group) => {
  expect(stated(manifest)).toEqual({ type: "maven", ...group, name: "app", version: "1.0" });
});
