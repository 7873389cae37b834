// Checks a screen against WCAG 2.2 AA with axe-core. Only the gallery uses it; nothing of it is shipped.
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Each violation: the rule, the element, what is wrong. */
export async function breaches(): Promise<string[]> {
  const { default: axe } = await import("axe-core");
  const { violations } = await axe.run(document, {
    runOnly: { type: "tag", values: WCAG },
    resultTypes: ["violations"],
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join("; ");
      return `${id}: ${target.join(" ")}: ${why}`;
    }),
  );
}
