//! Writes what is made from the declared commands, as ts-rs writes the types: the TypeScript client, and the windows'
//! permissions for Tauri. Like those files, the results are in the repository; `scripts/test` compares them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ts_rs::{Config, Dependency, TS, TypeVisitor};

use super::{Command, Window, commands};

/// The types of one command in TypeScript.
pub(super) struct Signature {
    config: Config,
    /// `name: type`, in order.
    arguments: Vec<String>,
    answer: String,
    /// The names of types that have a file of their own.
    imports: BTreeSet<String>,
}

impl Signature {
    fn of(command: &Command) -> Self {
        let mut signature = Self {
            // Integers cross as JSON numbers.
            config: Config::from_env().with_large_int("number"),
            arguments: Vec::new(),
            answer: String::new(),
            imports: BTreeSet::new(),
        };
        (command.signature)(&mut signature);
        signature
    }

    pub(super) fn argument<T: TS + 'static>(&mut self, name: &str) {
        self.visit::<T>();
        T::visit_generics(self);
        self.arguments
            .push(format!("{name}: {}", T::name(&self.config)));
    }

    pub(super) fn answer<T: TS + 'static>(&mut self) {
        self.visit::<T>();
        T::visit_generics(self);
        self.answer = T::name(&self.config);
    }
}

impl TypeVisitor for Signature {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if let Some(dependency) = Dependency::from_ty::<T>(&self.config) {
            self.imports.insert(dependency.ts_name);
        }
    }
}

const WINDOWS: [(Window, &str, &str); 2] = [
    (Window::Cashier, "cashier", "the cashier's window"),
    (Window::Display, "display", "the customer's display"),
];

fn of_window(window: Window) -> impl Iterator<Item = &'static Command> {
    commands().filter(move |command| command.window == window)
}

fn client() -> String {
    let signatures = commands().map(Signature::of);
    let imports: BTreeSet<String> = signatures.flat_map(|signature| signature.imports).collect();
    let mut text = String::from(
        "// Written by the tests of src-tauri/api from the commands that are declared there. Do not edit.\n",
    );
    for name in imports {
        writeln!(text, "import type {{ {name} }} from \"./{name}\";").expect("a string");
    }
    text.push_str(
        "\n/** Sends a command to the program and resolves with its answer. It rejects with a `Fault`. */\n\
         export type Call = <T>(command: string, args: Record<string, unknown>) => Promise<T>;\n",
    );
    for (window, name, place) in WINDOWS {
        writeln!(text, "\n/** What {place} may ask the program. */").expect("a string");
        writeln!(text, "export const {name}Commands = (call: Call) => ({{").expect("a string");
        for command in of_window(window) {
            text.push_str(&method(command));
        }
        text.push_str("});\n");
        writeln!(
            text,
            "export interface {window:?}Commands extends ReturnType<typeof {name}Commands> {{}}"
        )
        .expect("a string");
    }
    text
}

fn method(command: &Command) -> String {
    let Command { name, method, .. } = command;
    let Signature {
        arguments, answer, ..
    } = Signature::of(command);
    let (typed, named) = (arguments.join(", "), command.arguments.join(", "));
    let docs = match command.docs {
        [line] => format!("/** {line} */"),
        lines => format!("/**\n   * {}\n   */", lines.join("\n   * ")),
    };
    let sent = if named.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {named} }}")
    };
    format!("  {docs}\n  {method}: ({typed}): Promise<{answer}> => call(\"{name}\", {sent}),\n")
}

fn permission(window: Window, identifier: &str, place: &str) -> String {
    let names = of_window(window).map(|command| format!("    \"{}\",\n", command.name));
    format!(
        "# Written by the tests of src-tauri/api from the commands that are declared there. Do not edit.\n\n\
         [[permission]]\nidentifier = \"{identifier}\"\ndescription = \"What {place} may ask the program\"\n\
         commands.allow = [\n{}]\n",
        names.collect::<String>()
    )
}

/// Leaves a file alone that is as it should be: a newer one would have everything built again.
fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).ok().as_deref() != Some(text) {
        std::fs::write(path, text).expect("a writable file");
    }
}

#[test]
fn export_bindings_commands() {
    let bindings = Config::from_env().out_dir().to_owned();
    write(&bindings.join("commands.ts"), &client());
    let permissions = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src-tauri/permissions");
    for (window, identifier, place) in WINDOWS {
        let file = permissions.join(format!("{identifier}.toml"));
        write(&file, &permission(window, identifier, place));
    }
}
