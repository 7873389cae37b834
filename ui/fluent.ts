// Parses the message files when the screens are built, so that the cashier does not wait for it at every start.
import { readFileSync } from "node:fs";
import { FluentResource } from "@fluent/bundle";
import type { Plugin } from "vite";

/** Importing an .ftl file gives the JSON text of its parsed messages. */
export function fluent(): Plugin {
  return {
    name: "fluent",
    load(id) {
      if (!id.endsWith(".ftl")) return null;
      const { body } = new FluentResource(readFileSync(id, "utf8"));
      this.addWatchFile(id);
      const code = `export default ${JSON.stringify(JSON.stringify(body))};`;
      return { code, map: null, moduleType: "js" };
    },
  };
}
