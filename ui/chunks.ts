// What a window reads before it shows anything is in as few files as can be: one that both windows share, and one of its own.
// Without this the bundler makes a file of each part that a late screen uses as well, and each costs the start a request.
import type { Rolldown } from "vite";

/** The windows by the module with which each begins. */
const WINDOWS: readonly (readonly [start: string, name: string])[] = [
  ["/src/main.ts", "till"],
  ["/src/display/main.ts", "display"],
];

/** The name of the file for a module: by the windows that need it to start; null for what is read later. */
export function startFile(id: string, graph: Pick<Rolldown.PluginContext, "getModuleInfo">) {
  const seen = new Set([id]);
  for (const module of seen) {
    for (const importer of graph.getModuleInfo(module)?.importers ?? []) seen.add(importer);
  }
  const windows = WINDOWS.filter(([start]) => [...seen].some((module) => module.endsWith(start)));
  if (windows.length > 1) return "base";
  return windows[0]?.[1] ?? null;
}
