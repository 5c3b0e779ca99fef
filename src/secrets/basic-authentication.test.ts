import { expect, test } from "vitest";
import { scanFile } from "./scan.ts";

function found(path: string, text: string): readonly string[] {
  return scanFile(path, Buffer.from(text)).map(({ kind }) => kind);
}

test.each([
  ["/app/server.js", "app.use(auth({ name: 'admin', pass: 'Hiver2024!' }))"],
  ["/app/main.py", 'if secrets.compare_digest(credentials.password, "Hiver2024!"):'],
  ["/app/server.js", "app.use(basicAuth({ users: { admin: 'Hiver2024!' } }));"],
  ["/app/server.js", "app.use(basicAuth({\n  challenge: true,\n  users: { 'admin': \"supersecret\" },\n}));"],
  ["/app/server.ts", "app.use('/a', basicAuth({ username: 'admin', password: 'Hiver2024!' }))"],
  [
    "/app/admin_controller.rb",
    'http_basic_authenticate_with name: "admin", password: "Hiver2024!", except: :index',
  ],
  ["/app/auth.py", "users = {'admin': generate_password_hash('Hiver2024!')}"],
  ["/app/Security.java", '.password("{noop}Hiver2024!").roles("ADMIN")'],
])("a password in %s: %s", (path, text) => {
  expect(found(path, text)).toEqual(["named-secret"]);
});

test.each([
  ["/app/server.js", "app.use(basicAuth({ users: { admin: process.env.ADMIN_PASSWORD } }));"],
  ["/app/server.js", "app.use(basicAuth({ users: { [user]: password } }));"],
  ["/app/server.js", "app.use(basicAuth({ users: { admin: 'password' } }));"],
  ["/app/server.test.js", "app.use(basicAuth({ users: { admin: 'Hiver2024!' } }));"],
  ["/app/README.md", "app.use(basicAuth({ users: { admin: 'Hiver2024!' } }));"],
  ["/app/auth.py", "generate_password_hash(password)"],
  ["/app/docs/Security.java", '.password("{noop}Hiver2024!")'],
  ["/app/Security.java", '.password("{noop}password")'],
])("none in %s: %s", (path, text) => {
  expect(found(path, text)).toEqual([]);
});
