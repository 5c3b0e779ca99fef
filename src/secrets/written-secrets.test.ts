import { expect, test } from "vitest";
import { inWritten } from "./written-secrets.ts";

function found(text: string): readonly string[] {
  return inWritten(text).map(({ start, end, value }) => {
    expect(text.slice(start, end)).toBe(value);
    return value;
  });
}

test.each<readonly [string, readonly string[]]>([
  ['echo "password: Hiver2024!" > a.yml', ["Hiver2024!"]],
  ["echo password: Hiver2024! >> a.yml", ["Hiver2024!"]],
  ['echo -ne "user: x\\npassword: Hiver2024!\\n" >| a.yml', ["Hiver2024!"]],
  ["{ echo user: x; echo 'password: Hiver2024!'; } > a.yml", ["Hiver2024!"]],
  ["echo 'password: Hiver2024!' | sudo tee -a a.yml >/dev/null", ["Hiver2024!"]],
  ["sh -c 'echo password: Hiver2024! > a.yml'", ["Hiver2024!"]],
  ["printf '%s: %s\\n' user x password Hiver2024! > a.yml", ["Hiver2024!"]],
  ["printf -- 'password: Hiver2024!%%' > a.yml", ["Hiver2024!%"]],
  ['echo "password: Hi\\"ver2024" > a.yml', ['"password: Hi\\"ver2024"']],
  ["echo Hiver2024! > ~/.vault-token", ["Hiver2024!"]],
  ["echo 'password: Hiver2024!' > ./main", ["Hiver2024!"]],
  ["sed -i '2,5s|password:.*|password: Hiver2024!|' a.yml", ["Hiver2024!"]],
  ["sed 's/@@DB_PASSWORD@@/Hiver2024!/;s/a/b/' a.yml", ["Hiver2024!"]],
  ["cat > a.yml <<-'EOF'\n\tpassword: Hiver2024!\n\tEOF\n", ["Hiver2024!"]],
  ['tee -a a.json <<EOF\n{"password": "Hiver2024!"}\nEOF', ["Hiver2024!"]],
  ["COPY --chown=1 \\\n  <<EOF /app/a.yml\npassword: Hiver2024!\nEOF", ["Hiver2024!"]],
  ["COPY <<a.yml <<b.yml /app/\nx\na.yml\npassword: Hiver2024!\nb.yml", ["Hiver2024!"]],
])("%j", (text, values) => {
  expect(found(text)).toEqual(values);
});

test.each([
  "echo password: Hiver2024!",
  "echo -n",
  "echo 'password: Hiver2024!' | grep x",
  "printf 'password: %s' > a.yml",
  "sed 's/nullok_secret/nullok/' /etc/pam.d/a.conf",
  "sed 's/\\(password: \\).*/\\1/' a.yml",
  "cat <<EOF | kubectl apply -f -\npassword: Hiver2024!\nEOF",
  "cat > a.yml <<EOF\npassword: Hiver2024!\nEOF of something else",
  "cat > a.yml <<<EOF\npassword: Hiver2024!\nEOF",
  "cat > a.yml <<EOF",
])("%j writes none", (text) => {
  expect(found(text)).toEqual([]);
});
