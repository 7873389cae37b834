//! What a screen reader is told: the tree on the accessibility bus (AT-SPI 2), read as Orca reads it, and a sale made by
//! what stands in that tree alone.

use std::collections::BTreeMap;
use std::time::Duration;

use ringup_testkit::{Desktop, Window, open_till, start_gateway};
use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::{OwnedObjectPath, OwnedValue};

const KEY: &str = "canary-key-4762";
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";

/// Roles of what can be pressed, chosen or typed into, by their numbers in `atspi-constants.h`.
const CONTROLS: [(u32, &str); 10] = [
    (7, "check box"),
    (11, "combo box"),
    (37, "tab"),
    (40, "password"),
    (43, "button"),
    (44, "radio button"),
    (51, "slider"),
    (62, "toggle button"),
    (79, "field"),
    (88, "link"),
];

/// States, by their bits in `atspi-constants.h`.
const ENABLED: u64 = 1 << 8;
const FOCUSABLE: u64 = 1 << 11;
const SHOWING: u64 = 1 << 25;
/// Also what has to be scrolled to.
const VISIBLE: u64 = 1 << 30;

/// A program of the bus and one of its parts there.
type Node = (String, OwnedObjectPath);

/// One part of the tree.
#[derive(Debug)]
pub(crate) struct Part {
    node: Node,
    role: u32,
    name: String,
    states: u64,
}

impl Part {
    fn control(&self) -> Option<&'static str> {
        let known = CONTROLS.iter().find(|(role, _)| *role == self.role);
        known.map(|(_, name)| *name)
    }

    fn is(&self, state: u64) -> bool {
        self.states & state != 0
    }
}

/// Reads the tree of the programs on one desktop.
pub(crate) struct ScreenReader {
    bus: Connection,
}

impl ScreenReader {
    /// A reader on this desktop. Programs that are started later tell it of themselves.
    pub(crate) fn start(desktop: &mut Desktop) -> Self {
        desktop.start_screen_reader_bus();
        let builder = Builder::address(desktop.bus_address()).expect("an address");
        Self {
            bus: builder.build().expect("connected"),
        }
    }

    /// Every part of every window, from the outside in. A part that went away meanwhile is left out.
    pub(crate) fn tree(&self) -> Vec<Part> {
        let root = OwnedObjectPath::try_from("/org/a11y/atspi/accessible/root").expect("a path");
        let mut rest = vec![("org.a11y.atspi.Registry".to_owned(), root)];
        let mut tree = Vec::new();
        while let Some(node) = rest.pop() {
            let mut inner = self.children(&node);
            inner.reverse();
            rest.extend(inner);
            tree.extend(self.part(node));
        }
        tree
    }

    fn part(&self, node: Node) -> Option<Part> {
        let role = self.ask(&node, ACCESSIBLE, "GetRole", &())?;
        let states: Vec<u32> = self.ask(&node, ACCESSIBLE, "GetState", &())?;
        let states = states
            .iter()
            .rev()
            .fold(0, |all, word| (all << 32) | u64::from(*word));
        let name = String::try_from(self.property(&node, "Name")?).ok()?;
        Some(Part {
            node,
            role,
            name,
            states,
        })
    }

    /// GTK names the page in its window only when it is asked for by its number.
    fn children(&self, node: &Node) -> Vec<Node> {
        let listed: Option<Vec<Node>> = self.ask(node, ACCESSIBLE, "GetChildren", &());
        if let Some(listed) = listed.filter(|listed| !listed.is_empty()) {
            return listed;
        }
        let count = self.property(node, "ChildCount");
        let count = count
            .and_then(|count| i32::try_from(count).ok())
            .unwrap_or(0);
        (0..count)
            .filter_map(|at| self.ask(node, ACCESSIBLE, "GetChildAtIndex", &at))
            .collect()
    }

    fn property(&self, node: &Node, name: &str) -> Option<OwnedValue> {
        let properties = "org.freedesktop.DBus.Properties";
        self.ask(node, properties, "Get", &(ACCESSIBLE, name))
    }

    fn ask<Answer>(
        &self,
        (program, path): &Node,
        interface: &str,
        method: &str,
        about: &(impl serde::Serialize + zbus::zvariant::DynamicType),
    ) -> Option<Answer>
    where
        Answer: for<'a> zbus::zvariant::DynamicDeserialize<'a>,
    {
        let asked =
            self.bus
                .call_method(Some(program.as_str()), path, Some(interface), method, about);
        asked.ok()?.body().deserialize().ok()
    }

    /// Presses the control of this name, as a screen reader does for its user.
    pub(crate) fn press(&self, name: &str) {
        let tree = self.tree();
        let control = tree
            .iter()
            .find(|part| part.name == name && part.control().is_some() && part.is(SHOWING));
        let control = control.unwrap_or_else(|| panic!("no {name:?} among {:?}", names(&tree)));
        let pressed: Option<bool> =
            self.ask(&control.node, "org.a11y.atspi.Action", "DoAction", &0_i32);
        assert_eq!(pressed, Some(true), "{name}");
    }

    /// Waits until something in the tree says this.
    pub(crate) async fn wait_for(&self, words: &str) {
        for _ in 0..150 {
            if self.tree().iter().any(|part| part.name.contains(words)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("nobody says {words:?}: {:?}", names(&self.tree()));
    }

    /// What is wrong with the tree of this screen: a control without a name, one that is shown and can be used but takes no
    /// focus, a control of the page that is not in the tree.
    pub(crate) async fn faults(&self, window: &Window) -> Vec<String> {
        // The engine tells the bus a moment after it has drawn.
        let mut faults = Vec::new();
        for _ in 0..20 {
            faults = self.faults_now(window).await;
            if faults.is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        faults
    }

    async fn faults_now(&self, window: &Window) -> Vec<String> {
        let tree = self.tree();
        let mut faults = Vec::new();
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        for part in tree.iter().filter(|part| part.is(VISIBLE)) {
            let Some(control) = part.control() else {
                continue;
            };
            *told.entry(kind(control)).or_default() += 1;
            if part.name.trim().is_empty() {
                faults.push(format!("a {control} without a name"));
            }
            if part.is(ENABLED) && !part.is(FOCUSABLE) {
                faults.push(format!("{control} {:?} takes no focus", part.name));
            }
        }
        let shown = window.script(SHOWN).await;
        let shown: BTreeMap<String, usize> = serde_json::from_value(shown).expect("numbers");
        for (kind, count) in shown {
            let told = told.get(kind.as_str()).copied().unwrap_or_default();
            if told < count {
                faults.push(format!("{told} of {count} are told of: {kind}"));
            }
        }
        faults
    }
}

/// How many controls of each kind the page shows: in a dialog, those of the dialog.
const SHOWN: &str = "const kinds = {};
    const shown = document.querySelector('[aria-modal=true]') ?? document;
    for (const e of shown.querySelectorAll('button, a[href], input, select, textarea')) {
      if (e.closest('[inert], [aria-hidden=true]') || !e.checkVisibility({ visibilityProperty: true })) continue;
      const box = e.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      const kind = e.matches('input[type=checkbox], input[type=radio]') ? 'choices'
        : e.matches('input, textarea') ? 'fields' : e.matches('select') ? 'lists' : 'buttons';
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
    return kinds";

/// The kind, as [`SHOWN`] counts it.
fn kind(control: &str) -> &'static str {
    match control {
        "check box" | "radio button" => "choices",
        "field" | "password" | "slider" => "fields",
        "combo box" => "lists",
        _ => "buttons",
    }
}

fn names(tree: &[Part]) -> Vec<&str> {
    tree.iter()
        .map(|part| part.name.as_str())
        .filter(|name| !name.is_empty())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_is_made_by_what_a_screen_reader_is_told() {
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let mut desktop = Desktop::with_screen(1280, 800);
    let reader = ScreenReader::start(&mut desktop);
    let window = open_till(desktop, &gateway, KEY).await;
    for key in ["1", "2", "00"] {
        reader.press(key);
    }
    reader.wait_for("12.00").await;
    reader.press("Charge €12.00");
    reader.wait_for("Waiting for the customer").await;
    // Only the customer has another way: a phone.
    window.wait_for_state("payment", "awaiting").await;
    window.pay(&customer).await;
    reader.wait_for("Paid").await;
    reader.press("Next sale");
    reader.wait_for("Amount to charge").await;
    reader.press("Sales");
    reader.wait_for("€12.00").await;
    assert!(window.script(SHOWN).await["buttons"].as_u64() > Some(4));
    assert_eq!(reader.faults(&window).await, Vec::<String>::new());
}
