// What fluent.ts makes of the files of words.
declare module "*.ftl" {
  const json: string;
  export default json;
}
