import { FluentResource } from "@fluent/bundle";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "svelte/compiler";
import { describe, expect, it, vi } from "vitest";
import { FAULT_CODES, argumentsOf, messageOf } from "../src/faults";
import de from "../messages/de.ftl?raw";
import en from "../messages/en.ftl?raw";
import ru from "../messages/ru.ftl?raw";
import { LANGUAGES, format, languageFor, localeFor } from "../src/messages";
import { sampleFault } from "../dev/samples";

const SOURCES = { en, ru, de };
const SRC = join(import.meta.dirname, "../src");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(svelte|ts)$/.test(name) && !name.startsWith("bindings"))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), "utf8") }));

/** "nav-pad", "fault-internal.what" …, each with its arguments. */
function messagesOf(language: (typeof LANGUAGES)[number]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const message of new FluentResource(SOURCES[language]).body) {
    if (message.value !== null) found.set(message.id, variables(message.value));
    for (const [name, pattern] of Object.entries(message.attributes)) {
      found.set(`${message.id}.${name}`, variables(pattern));
    }
  }
  return found;
}

function variables(pattern: unknown, into = new Set<string>()): Set<string> {
  if (Array.isArray(pattern)) {
    for (const part of pattern) variables(part, into);
  } else if (typeof pattern === "object" && pattern !== null) {
    if ("type" in pattern && pattern.type === "var" && "name" in pattern) {
      into.add(String(pattern.name));
    }
    for (const part of Object.values(pattern)) variables(part, into);
  }
  return into;
}

/** Every message that a file declares, even an invalid one: the parser skips those. */
function declared(source: string): string[] {
  return [...source.matchAll(/^([a-z][\w-]*) =/gm)].map((match) => match[1] ?? "");
}

const english = messagesOf("en");
const source = files.map(({ text }) => text).join("\n");

/** Rust uses the same messages for receipts and bookings. */
const receipts = ["receipt", "export"]
  .map((folder) => join(import.meta.dirname, "../../src-tauri/core/src", folder))
  .flatMap((folder) =>
    readdirSync(folder, { encoding: "utf8" })
      .filter((name) => name.endsWith(".rs"))
      .map((name) => readFileSync(join(folder, name), "utf8")),
  )
  .join("\n");

describe.each(LANGUAGES)("%s.ftl", (language) => {
  const messages = messagesOf(language);

  it("can be read to the last message, each once", () => {
    const names = declared(SOURCES[language]);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set([...messages.keys()].map((id) => id.split(".")[0]))).toEqual(new Set(names));
  });

  it("has the same messages as the others", () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("uses the same arguments as the others", () => {
    for (const [id, names] of messages) {
      expect([id, ...names].sort()).toEqual([id, ...(english.get(id) ?? [])].sort());
    }
  });

  it.each([...FAULT_CODES, "of_the_future"])("says of %s what, money and next", (code) => {
    const details = [
      {},
      { minimum: "1.00", maximum: "2.00", currency: "EUR", status: "502", field: "webhook" },
      { retry_after_seconds: "31", limit: "140" },
    ];
    for (const detail of details) {
      const fault = sampleFault(code, detail);
      for (const part of ["what", "money", "next"]) {
        const id = `${messageOf(fault)}.${part}`;
        const text = format(
          language,
          language,
          id,
          argumentsOf(fault, ({ minor }) => String(minor)),
        );
        expect(text).not.toBe(id);
        expect(text).not.toMatch(/[{}]/);
        expect(text.length).toBeGreaterThan(2);
      }
    }
  });
});

describe("the source and the messages", () => {
  it("miss none", () => {
    const asked = [...source.matchAll(/\bt\(\s*"([\w.-]+)"/g)].map((match) => match[1] ?? "");
    expect(asked.length).toBeGreaterThan(50);
    for (const id of asked) expect(english.has(id), id).toBe(true);
  });

  it("leave none unused", () => {
    const faults = new Set([
      ...FAULT_CODES.map((code) => messageOf(sampleFault(code))),
      "fault-unknown",
    ]);
    for (const id of english.keys()) {
      const [name = id] = id.split(".");
      const said = source.includes(`"${name}"`) || receipts.includes(`"${name}"`);
      expect(faults.has(name) || said, id).toBe(true);
    }
  });
});

describe("markup", () => {
  const SPOKEN = new Set([
    "title",
    "alt",
    "placeholder",
    "aria-label",
    "aria-description",
    "label",
  ]);

  function texts(node: unknown, found: string[] = []): string[] {
    if (Array.isArray(node)) {
      for (const part of node) texts(part, found);
    } else if (typeof node === "object" && node !== null && "type" in node) {
      const part = node as { type: string; name?: string; value?: unknown; data?: string };
      if (part.type === "Text" && /\p{L}{2}/u.test(part.data ?? "")) found.push(part.data ?? "");
      if (part.type === "StyleDirective") return found;
      if (part.type === "Attribute") {
        if (SPOKEN.has(part.name ?? "")) texts(part.value, found);
        return found;
      }
      for (const [name, inner] of Object.entries(node)) {
        if (name !== "css" && name !== "instance" && name !== "module") texts(inner, found);
      }
    }
    return found;
  }

  const svelte = files.filter(({ name }) => name.endsWith(".svelte"));

  it.each(svelte)("$name holds no words of its own", ({ text }) => {
    expect(texts(parse(text, { modern: true }).fragment)).toEqual([]);
  });

  it.each(svelte)("$name has no inline style, which the CSP would refuse", ({ text }) => {
    expect(text).not.toMatch(/\sstyle="/);
  });

  it("would be found out", () => {
    const bad = `<p>Hello</p><img alt="A code" class="big" src="x.png">`;
    expect(texts(parse(bad, { modern: true }).fragment)).toEqual(["Hello", "A code"]);
  });
});

describe("the language", () => {
  it("is the shop's, else the system's, else English", () => {
    expect(languageFor("ru", ["de-AT"])).toBe("ru");
    expect(languageFor(null, ["fr-FR", "de-AT", "en-GB"])).toBe("de");
    expect(languageFor(null, ["ru_RU"])).toBe("ru");
    expect(languageFor(null, [])).toBe("en");
    expect(languageFor("xx", ["fr"])).toBe("en");
  });

  it("takes the system's flavour of numbers where it is the same language", () => {
    expect(localeFor("de", ["en-GB", "de-AT"])).toBe("de-AT");
    expect(localeFor("ru", ["de-AT"])).toBe("ru");
    expect(localeFor("en", ["en_GB"])).toBe("en-GB");
    expect(localeFor("en", ["en-this-is-no-tag-at-all"])).toBe("en");
  });

  it("counts by its own rules", () => {
    const say = (seconds: number) => format("ru", "ru", "checked-fresh", { seconds });
    expect([1, 2, 5, 21].map(say)).toEqual([
      "Проверено 1 секунду назад",
      "Проверено 2 секунды назад",
      "Проверено 5 секунд назад",
      "Проверено 21 секунду назад",
    ]);
  });
});

describe("a language", () => {
  it("is taken once its texts have been read, and the last that was asked for wins", async () => {
    vi.resetModules();
    const screen = await import("../src/language.svelte");
    await screen.loadLanguage("en", "");
    screen.setLanguage("en", "");
    expect(screen.t("refund-cash")).toBe("In cash");
    screen.setLanguage("de", "");
    expect(screen.t("refund-cash"), "no screen without words").toBe("In cash");
    screen.setLanguage("en", "");
    await screen.loadLanguage("de", "");
    await Promise.resolve();
    expect(screen.currentLanguage()).toBe("en");
    screen.setLanguage("ru", "");
    await vi.waitFor(() => expect(screen.currentLanguage()).toBe("ru"));
    screen.setLanguage("de", "");
    expect([screen.currentLanguage(), screen.t("refund-cash")]).toEqual(["de", "Bar"]);
    screen.setLanguage(null, "xx");
    expect(screen.currentLanguage()).toBe("en");
  });
});
