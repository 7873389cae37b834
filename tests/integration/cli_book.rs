//! The sales book and the day on the command line: output, files and exit codes of `report`, `close-day`, `export` and
//! `receipt`.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::{Value, json};

use ringup_testkit::gateway::KEY;
use ringup_testkit::{Desktop, GatewayProgram, KeychainState, Program, error_code, key_set, run};

/// A till on the command line, with a gateway and a key.
struct Counter {
    desktop: Desktop,
    remote: GatewayProgram,
}

impl Counter {
    fn new() -> Self {
        let desktop = Desktop::without_screen(KeychainState::Open);
        let remote = GatewayProgram::start(&desktop);
        assert_eq!(key_set(remote.ringup(&desktop), KEY).0, 0);
        Self { desktop, remote }
    }

    /// Makes a sale of 12.50 EUR with this note.
    fn sells(&self, note: &str, pays: bool) {
        let mut charge = self.remote.ringup(&self.desktop);
        charge.args(["charge", "12.50", "EUR", "--json", "--note", note]);
        if !pays {
            assert_eq!(run(charge.arg("--no-wait")).0, 0);
            return;
        }
        let mut program = Program::start(&mut charge);
        let sale = program.sale_in_state("awaiting");
        let coin = json!({"crypto": "USDT", "network": "TRC20"});
        self.remote.act_with(&sale, "choose", &coin);
        self.remote.act(&sale, "pay");
        assert_eq!(program.exit().0, 0);
    }

    fn ringup(&self, args: &[&str]) -> (i32, String, String) {
        run(self.remote.ringup(&self.desktop).args(args))
    }

    /// Runs a command that must fail: exit code 1 and no output. Returns the error code.
    fn fails(&self, args: &[&str]) -> String {
        let (code, out, errors) = self.ringup(args);
        assert_eq!((code, out.as_str()), (1, ""), "{args:?}: {errors}");
        error_code(&errors).to_owned()
    }

    /// Runs a command with wrong arguments: exit code 2 and no output.
    fn is_wrong(&self, args: &[&str]) {
        let (code, out, errors) = self.ringup(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {errors}");
        assert!(!errors.is_empty());
    }

    fn json(&self, args: &[&str]) -> Value {
        let (code, out, errors) = self.ringup(args);
        assert_eq!((code, errors.as_str()), (0, ""), "{args:?}");
        serde_json::from_str(&out).unwrap()
    }

    fn entries(&self) -> String {
        self.desktop.query_journal("SELECT count(*) FROM entry")
    }
}

/// The value after a label, in a text with one of each on a line.
fn line<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let mut lines = text.lines();
    lines.find_map(|line| Some(line.strip_prefix(label)?.trim()))
}

fn files(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

#[test]
fn x_and_z_are_printed_for_people_and_for_programs() {
    let counter = Counter::new();
    counter.sells("Tea", true);
    counter.sells("Cake", true);
    let x = counter.json(&["report", "--json"]);
    let today = x["day"].as_str().unwrap();
    assert_eq!(x["totals"]["EUR"]["payments"], 2);
    assert_eq!(x["totals"]["EUR"]["paid"], "25.00");
    assert_eq!(
        (&x["practice"], &x["last_close"]),
        (&json!(false), &Value::Null)
    );

    let (code, words, errors) = counter.ringup(&["report", "--day", today]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert_eq!(line(&words, "X report"), Some(today));
    assert_eq!(line(&words, "Payments (2)"), Some("25.00 EUR"));
    assert_eq!(line(&words, "Coin (USDT TRC20, 2)"), Some("25.00 EUR"));
    assert_eq!(line(&words, "Since the last close"), Some("25.00 EUR"));
    assert!(words.lines().all(|line| line == line.trim_end()), "{words}");

    let before = counter.entries();
    let other = counter.json(&["report", "--json", "--day", "2020-02-29"]);
    assert_eq!(
        (&other["day"], &other["totals"]),
        (&json!("2020-02-29"), &json!({}))
    );
    assert_eq!(counter.entries(), before, "a report writes nothing");

    let (code, words, errors) = counter.ringup(&["close-day"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert_eq!(line(&words, "Z report (1)"), Some(today));
    assert_eq!(line(&words, "Payments (2)"), Some("25.00 EUR"));
    assert_eq!(line(&words, "Grand total (2)"), Some("25.00 EUR"));
    let head = counter.json(&["verify", "--json"])["head"].clone();
    assert_eq!(line(&words, "Head of the journal"), head.as_str());
    assert_eq!(counter.fails(&["close-day"]), "day_already_closed");

    counter.sells("Tea", true);
    let z = counter.json(&["close-day", "--json"]);
    assert_eq!((&z["z"], &z["open"]), (&json!(2), &json!([])));
    assert_eq!(z["totals"]["EUR"]["paid"], "12.50");
    assert_eq!(z["grand"]["EUR"]["paid"], "37.50");
    assert_eq!(z["head"], counter.json(&["verify", "--json"])["head"]);
}

#[test]
fn a_day_with_open_sales_is_closed_only_when_they_are_carried() {
    let counter = Counter::new();
    counter.sells("Tea", false);
    let before = counter.entries();
    assert_eq!(counter.fails(&["close-day"]), "day_open_sales");
    assert_eq!(counter.fails(&["close-day", "--json"]), "day_open_sales");
    assert_eq!(counter.entries(), before, "nothing was written");

    let (code, words, _) = counter.ringup(&["close-day", "--carry"]);
    assert_eq!((code, line(&words, "Open now")), (0, Some("1")));
    let x = counter.json(&["report", "--json"]);
    assert_eq!(x["last_close"]["open"], json!([1]));
    assert_eq!(x["open_sum"]["EUR"], "12.50");
}

#[test]
fn the_book_goes_to_a_file_or_to_whoever_reads() {
    let counter = Counter::new();
    counter.sells("=1+1; Чай", true);
    counter.sells("Cake", false);
    let (code, csv, errors) = counter.ringup(&["export", "--format", "csv"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let csv = csv.strip_prefix('\u{feff}').expect("a byte-order mark");
    let rows: Vec<_> = csv.lines().collect();
    assert_eq!(rows.len(), 3, "{csv}");
    assert!(rows[0].starts_with("kind,sale,label,entry,day,time,"));
    assert!(rows[1].starts_with("paid,1,A-000001,") && rows[1].contains("'=1+1; Чай"));
    assert!(rows[2].starts_with("unpaid,2,A-000002,"));
    let (code, out, _) = counter.ringup(&["export", "--format", "json"]);
    let book: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, book.as_array().unwrap().len()), (0, 2));
    assert_eq!(
        (&book[0]["received"], &book[0]["note"]),
        (&json!("12.50"), &json!("=1+1; Чай"))
    );

    // Both days are included, and are days of the shop.
    let today = book[0]["day"].as_str().unwrap();
    let of = |from: &str, to: &str| {
        let range = ["export", "--format", "json", "--from", from, "--to", to];
        counter.json(&range).as_array().unwrap().len()
    };
    assert_eq!(of(today, today), 2);
    assert_eq!(of("2020-01-01", "2020-12-31"), 0);
    assert_eq!(of("2030-01-01", "2030-12-31"), 0);

    let file = counter.desktop.folder().join("book.csv");
    std::fs::write(&file, "last year's").unwrap();
    let name = file.to_str().unwrap();
    let written = (0, String::new(), String::new());
    assert_eq!(
        counter.ringup(&["export", "--format", "csv", name]),
        written
    );
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with("\u{feff}kind,".as_bytes()) && bytes.ends_with(b"\r\n"));
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "the shop's takings");
    let left = files(counter.desktop.folder());
    assert!(
        !left.iter().any(|name| name.starts_with(".ringup")),
        "{left:?}"
    );
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_nothing_is_left() {
    let counter = Counter::new();
    counter.sells("Tea", true);
    let folder = counter.desktop.folder();
    let (nowhere, taken) = (folder.join("not-there/book"), folder.join("a-folder"));
    std::fs::create_dir(&taken).unwrap();
    let before = (files(folder), counter.entries());
    for path in [&nowhere, &taken] {
        let name = path.to_str().unwrap();
        for args in [
            &["export", "--format", "csv", name][..],
            &["export", "--format", "json", name],
            &["receipt", "1", "--png", name],
            &["receipt", "1", "--pdf", name],
        ] {
            assert_eq!(counter.fails(args), "file_unwritable", "{args:?}");
        }
    }
    assert_eq!((files(folder), counter.entries()), before);
    assert_eq!(files(&taken), Vec::<String>::new());
}

#[test]
fn a_receipt_is_text_a_file_or_paper() {
    let counter = Counter::new();
    counter.sells("Tea", true);
    counter.sells("Cake", false);
    let (code, text, errors) = counter.ringup(&["receipt", "1"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(text.contains("A-000001") && text.contains("Tea"), "{text}");
    assert!(!text.to_lowercase().contains("copy"), "{text}");
    let again = counter.ringup(&["receipt", "1"]).1;
    assert_eq!(again, text, "looking is not making");
    assert!(text.lines().all(|line| line == line.trim_end()), "{text}");

    let folder = counter.desktop.folder();
    let (png, pdf) = (folder.join("r.png"), folder.join("r.pdf"));
    let both = [
        "receipt",
        "1",
        "--png",
        png.to_str().unwrap(),
        "--pdf",
        pdf.to_str().unwrap(),
    ];
    assert_eq!(counter.ringup(&both), (0, String::new(), String::new()));
    assert!(std::fs::read(&png).unwrap().starts_with(b"\x89PNG"));
    assert!(std::fs::read(&pdf).unwrap().starts_with(b"%PDF"));
    // A file named without a folder is written into the current folder.
    for args in [
        &["receipt", "1", "--png", "here.png"][..],
        &["export", "--format", "csv", "here.csv"],
    ] {
        let mut ringup = counter.remote.ringup(&counter.desktop);
        let (code, _, errors) = run(ringup.current_dir(folder).args(args));
        assert_eq!((code, errors.as_str()), (0, ""), "{args:?}");
        assert!(folder.join(args[args.len() - 1]).exists());
    }
    let (_, text, _) = counter.ringup(&["receipt", "1"]);
    assert!(text.to_lowercase().contains("copy"), "{text}");

    assert_eq!(counter.fails(&["receipt", "1", "--print"]), "printer_none");
    assert_eq!(counter.fails(&["receipt", "2"]), "receipt_none");
    assert_eq!(counter.fails(&["receipt", "3"]), "sale_unknown");
}

#[test]
fn what_makes_no_sense_is_usage_and_does_nothing() {
    let counter = Counter::new();
    let before = counter.entries();
    for args in [
        &["report", "--day", "yesterday"][..],
        &["report", "--day", "2026-02-30"],
        &["report", "--day", "2026-2-3"],
        &["close-day", "--day", "2026-02-03"],
        &["export"],
        &["export", "--format", "xls"],
        &["export", "--format", "csv", "--from", "2026-13-01"],
        &["export", "--format", "csv", "--to", ""],
        &["export", "--format", "csv", "one", "two"],
        &["receipt"],
        &["receipt", "A-000001"],
        &["receipt", "-1"],
    ] {
        counter.is_wrong(args);
    }
    assert_eq!(counter.entries(), before);
}
