import { FluentResource } from "@fluent/bundle";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "svelte/compiler";
import { describe, expect, it, vi } from "vitest";
import { FAULT_CODES, argumentsOf, messageOf } from "../src/faults";
import {
  LANGUAGES,
  SCREEN_LANGUAGES,
  format,
  languageFor,
  localeFor,
  type Language,
  type Part,
} from "../src/messages";
import { formatDecimal, formatMoney, percentText } from "../src/money";
import { sampleFault } from "../dev/samples";
import BY_LANGUAGE from "./money-by-language.json";

const MESSAGES = join(import.meta.dirname, "../messages");
const FOLDERS: Record<Part, string> = { customer: join(MESSAGES, "customer"), cashier: MESSAGES };
const sourceOf = (part: Part, language: Language) =>
  readFileSync(join(FOLDERS[part], `${language}.ftl`), "utf8");
const SRC = join(import.meta.dirname, "../src");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(svelte|ts)$/.test(name) && !name.startsWith("bindings"))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), "utf8") }));

/** "nav-pad", "fault-internal.what" …, each with its arguments. */
function messagesOf(part: Part, language: Language): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const message of new FluentResource(sourceOf(part, language)).body) {
    if (message.value !== null) found.set(message.id, variables(message.value));
    for (const [name, pattern] of Object.entries(message.attributes)) {
      found.set(`${message.id}.${name}`, variables(pattern));
    }
  }
  return found;
}

/** The keys of every choice in a pattern that is one by number. */
function plurals(pattern: unknown, into: Set<string>[] = []): Set<string>[] {
  if (Array.isArray(pattern)) {
    for (const part of pattern) plurals(part, into);
  } else if (typeof pattern === "object" && pattern !== null) {
    if ("type" in pattern && pattern.type === "select" && "variants" in pattern) {
      const variants = pattern.variants as { key: { type: string; value: string } }[];
      const keys = variants.map(({ key }) => key.value).filter((key) => typeof key === "string");
      if (keys.some((key) => CATEGORIES.has(key))) into.push(new Set(keys));
    }
    for (const part of Object.values(pattern)) plurals(part, into);
  }
  return into;
}

/** `other` is not among them: it ends choices by name as well. */
const CATEGORIES = new Set(["zero", "one", "two", "few", "many"]);

/** The categories of whole numbers that can be counted at a till. */
function categoriesOf(language: Language): string[] {
  const rules = new Intl.PluralRules(localeFor(language, []));
  const numbers = Array.from({ length: 1000 }, (_, index) => index);
  return [...new Set(numbers.map((number) => rules.select(number)))];
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

const ENGLISH = { customer: messagesOf("customer", "en"), cashier: messagesOf("cashier", "en") };
const english = new Map([...ENGLISH.customer, ...ENGLISH.cashier]);
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

const FILES: [Part, Language][] = [
  ...LANGUAGES.map((language): [Part, Language] => ["customer", language]),
  ...SCREEN_LANGUAGES.map((language): [Part, Language] => ["cashier", language]),
];

it("each file is a language, and each language has its files", () => {
  const files = (part: Part) =>
    readdirSync(FOLDERS[part])
      .filter((name) => name.endsWith(".ftl"))
      .map((name) => name.replace(".ftl", ""));
  expect(files("customer").sort()).toEqual([...LANGUAGES].sort());
  expect(files("cashier").sort()).toEqual([...SCREEN_LANGUAGES].sort());
});

it("no text is in both parts", () => {
  for (const id of ENGLISH.customer.keys()) expect(ENGLISH.cashier.has(id), id).toBe(false);
});

describe.each(FILES)("the %s's part in %s", (part, language) => {
  const messages = messagesOf(part, language);

  it("can be read to the last message, each once", () => {
    const names = declared(sourceOf(part, language));
    expect(new Set(names).size).toBe(names.length);
    expect(new Set([...messages.keys()].map((id) => id.split(".")[0]))).toEqual(new Set(names));
  });

  it("has the same messages as the others", () => {
    expect([...messages.keys()].sort()).toEqual([...ENGLISH[part].keys()].sort());
  });

  it("uses the same arguments as the others", () => {
    for (const [id, names] of messages) {
      expect([id, ...names].sort()).toEqual([id, ...(ENGLISH[part].get(id) ?? [])].sort());
    }
  });

  it("counts in every way that the language has", () => {
    const needed = categoriesOf(language);
    for (const { id, value, attributes } of new FluentResource(sourceOf(part, language)).body) {
      for (const keys of plurals([value, ...Object.values(attributes)])) {
        // What is not named falls to the last, which is `other`: of more than one it would be the wrong form.
        const missing = needed.filter((category) => !keys.has(category));
        expect(missing.length <= (keys.has("other") && needed.includes("other") ? 0 : 1), id).toBe(
          true,
        );
        const foreign = [...keys].filter((it) => CATEGORIES.has(it) && !needed.includes(it));
        expect(foreign, id).toEqual([]);
      }
    }
  });

  it("is written in letters that the fonts have", () => {
    const css = readFileSync(join(SRC, "theme/fonts.css"), "utf8");
    const ranges = [...css.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(
      ([, from = "", to = from]) => [parseInt(from, 16), parseInt(to, 16)] as const,
    );
    const strange = [...sourceOf(part, language)].filter((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      return !ranges.some(([from, to]) => from <= code && code <= to);
    });
    expect([...new Set(strange)].filter((letter) => !"→".includes(letter))).toEqual([]);
  });
});

describe.each(SCREEN_LANGUAGES)("the errors in %s", (language) => {
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

describe("the customer's display", () => {
  /** The files that its page is made of. */
  function imported(name: string, found = new Set<string>()): Set<string> {
    const file = files.find((one) => one.name === name);
    if (file === undefined || found.has(name)) return found;
    found.add(name);
    for (const [, path = ""] of file.text.matchAll(/from "(\.[^"]+)"/g)) {
      const target = join(name, "..", path);
      for (const ending of ["", ".ts"]) imported(target + ending, found);
    }
    return found;
  }

  it("shows nothing but the customer's part", () => {
    const names = imported("display/main.ts");
    expect(names.size).toBeGreaterThan(15);
    for (const name of names) {
      const text = files.find((one) => one.name === name)?.text ?? "";
      // All that looks like the id of a message, also where it is not handed to t() on the spot.
      for (const [, id = ""] of text.matchAll(/"([a-z]+-[\w-]+)"/g)) {
        if (english.has(id)) expect(ENGLISH.customer.has(id), `${name}: ${id}`).toBe(true);
      }
    }
  });
});

describe("receipts", () => {
  it("bear nothing but the customer's part", () => {
    const layout = ["layout.rs", "layout_builder.rs"]
      .map((name) => join(import.meta.dirname, "../../src-tauri/core/src/receipt", name))
      .map((path) => readFileSync(path, "utf8"))
      .join("\n");
    const ids = [...layout.matchAll(/"(slip-[\w-]+)"/g)].map((match) => match[1] ?? "");
    expect(ids.length).toBeGreaterThan(25);
    for (const id of ids) expect(ENGLISH.customer.has(id), id).toBe(true);
  });
});

describe("numbers", () => {
  it.each(BY_LANGUAGE)("$language: as on paper", ({ language, money, rates }) => {
    const locale = localeFor(language as Language, []);
    for (const [minor, text] of money) {
      expect(formatMoney({ minor: minor as number, currency: "EUR" }, locale)).toBe(text);
    }
    for (const [rate, text] of rates) {
      const percent = formatDecimal(percentText(rate as number), locale);
      const said = format(language as Language, locale, "percent", { percent });
      expect(said.replace(/\s/g, " ")).toBe(String(text).replace(/\s/g, " "));
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
    expect(languageFor("ru", ["de-AT"], SCREEN_LANGUAGES)).toBe("ru");
    expect(languageFor(null, ["fr-FR", "de-AT", "en-GB"], SCREEN_LANGUAGES)).toBe("de");
    expect(languageFor(null, ["ru_RU"], SCREEN_LANGUAGES)).toBe("ru");
    expect(languageFor(null, [], SCREEN_LANGUAGES)).toBe("en");
    expect(languageFor("xx", ["fr"], SCREEN_LANGUAGES)).toBe("en");
    expect(languageFor("xx", ["fr"], LANGUAGES)).toBe("fr");
  });

  it("takes the system's flavour of numbers where it is the same language", () => {
    expect(localeFor("de", ["en-GB", "de-AT"])).toBe("de-AT");
    expect(localeFor("ru", ["de-AT"])).toBe("ru");
    expect(localeFor("en", ["en_GB"])).toBe("en-GB");
    expect(localeFor("en", ["en-this-is-no-tag-at-all"])).toBe("en");
    expect(localeFor("pt", ["pt-BR"]), "the texts are Portugal's").toBe("pt-PT");
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
