// Reads the words of the screens when they are built: at each start of the till it would be a part of what
// the cashier waits for.
import { readFileSync } from "node:fs";
import { FluentResource } from "@fluent/bundle";
import type { Plugin } from "vite";

/** An .ftl file is imported as the JSON text of what stands in it. */
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
