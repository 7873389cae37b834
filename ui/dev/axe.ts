// WCAG 2.2 AA, as far as a program can judge it. axe-core is a tool of the tests: nothing of it is shipped.
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What breaks a rule: the rule, what is wrong and where. */
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
