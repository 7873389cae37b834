//! The sales book and the day on the command line: output, files and exit codes of `report`, `close-day`, `export` and
//! `receipt`.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::{Value, json};

use ringup_testkit::{Counter, Program, run};

/// Sells for 12.50 EUR in USDT.
fn sells(counter: &Counter, note: &str, pays: bool) {
    if !pays {
        counter.text(["charge", "12.50", "EUR", "--note", note, "--no-wait"]);
        return;
    }
    let mut program = Program::start(counter.charge().args(["--note", note]));
    let sale = program.sale_in_state("awaiting");
    let coin = json!({"crypto": "USDT", "network": "TRC20"});
    counter.remote.act_with(&sale, "choose", &coin);
    counter.remote.act(&sale, "pay");
    assert_eq!(program.exit().0, 0);
}

fn entries(counter: &Counter) -> String {
    counter.query_journal("SELECT count(*) FROM entry")
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
    let counter = Counter::open();
    sells(&counter, "Tea", true);
    sells(&counter, "Cake", true);
    let x = counter.json(["report", "--json"]);
    let today = x["day"].as_str().unwrap();
    assert_eq!(x["totals"]["EUR"]["payments"], 2);
    assert_eq!(x["totals"]["EUR"]["paid"], "25.00");
    assert_eq!(
        (&x["practice"], &x["last_close"]),
        (&json!(false), &Value::Null)
    );

    let words = counter.text(["report", "--day", today]);
    assert_eq!(line(&words, "X report"), Some(today));
    assert_eq!(line(&words, "Payments (2)"), Some("25.00 EUR"));
    assert_eq!(line(&words, "Coin (USDT TRC20, 2)"), Some("25.00 EUR"));
    assert_eq!(line(&words, "Since the last close"), Some("25.00 EUR"));
    assert!(words.lines().all(|line| line == line.trim_end()), "{words}");

    let before = entries(&counter);
    let other = counter.json(["report", "--json", "--day", "2020-02-29"]);
    assert_eq!(
        (&other["day"], &other["totals"]),
        (&json!("2020-02-29"), &json!({}))
    );
    assert_eq!(entries(&counter), before, "a report writes nothing");

    let words = counter.text(["close-day"]);
    assert_eq!(line(&words, "Z report (1)"), Some(today));
    assert_eq!(line(&words, "Payments (2)"), Some("25.00 EUR"));
    assert_eq!(line(&words, "Grand total (2)"), Some("25.00 EUR"));
    let head = counter.json(["verify", "--json"])["head"].clone();
    assert_eq!(line(&words, "Head of the journal"), head.as_str());
    counter.refuses(["close-day"], 1, "day_already_closed");

    sells(&counter, "Tea", true);
    let z = counter.json(["close-day", "--json"]);
    assert_eq!((&z["z"], &z["open"]), (&json!(2), &json!([])));
    assert_eq!(z["totals"]["EUR"]["paid"], "12.50");
    assert_eq!(z["grand"]["EUR"]["paid"], "37.50");
    assert_eq!(z["head"], counter.json(["verify", "--json"])["head"]);
}

#[test]
fn a_day_with_open_sales_is_closed_only_when_they_are_carried() {
    let counter = Counter::open();
    sells(&counter, "Tea", false);
    let before = entries(&counter);
    counter.refuses(["close-day"], 1, "day_open_sales");
    counter.refuses(["close-day", "--json"], 1, "day_open_sales");
    assert_eq!(entries(&counter), before, "nothing was written");

    let (code, words, _) = counter.run(["close-day", "--carry"]);
    assert_eq!((code, line(&words, "Open now")), (0, Some("1")));
    let x = counter.json(["report", "--json"]);
    assert_eq!(x["last_close"]["open"], json!([1]));
    assert_eq!(x["open_sum"]["EUR"], "12.50");
}

#[test]
fn the_book_goes_to_a_file_or_to_whoever_reads() {
    let counter = Counter::open();
    sells(&counter, "=1+1; Чай", true);
    sells(&counter, "Cake", false);
    let csv = counter.text(["export", "--format", "csv"]);
    let csv = csv.strip_prefix('\u{feff}').expect("a byte-order mark");
    let rows: Vec<_> = csv.lines().collect();
    assert_eq!(rows.len(), 3, "{csv}");
    assert!(rows[0].starts_with("kind,sale,label,entry,day,time,"));
    assert!(rows[1].starts_with("paid,1,A-000001,") && rows[1].contains("'=1+1; Чай"));
    assert!(rows[2].starts_with("unpaid,2,A-000002,"));
    let (code, out, _) = counter.run(["export", "--format", "json"]);
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
        counter.json(range).as_array().unwrap().len()
    };
    assert_eq!(of(today, today), 2);
    assert_eq!(of("2020-01-01", "2020-12-31"), 0);
    assert_eq!(of("2030-01-01", "2030-12-31"), 0);

    let file = counter.desktop.folder().join("book.csv");
    std::fs::write(&file, "last year's").unwrap();
    let name = file.to_str().unwrap();
    let written = (0, String::new(), String::new());
    assert_eq!(counter.run(["export", "--format", "csv", name]), written);
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
    let counter = Counter::open();
    sells(&counter, "Tea", true);
    let folder = counter.desktop.folder();
    let (nowhere, taken) = (folder.join("not-there/book"), folder.join("a-folder"));
    std::fs::create_dir(&taken).unwrap();
    let before = (files(folder), entries(&counter));
    for path in [&nowhere, &taken] {
        let name = path.to_str().unwrap();
        for args in [
            &["export", "--format", "csv", name][..],
            &["export", "--format", "json", name],
            &["receipt", "1", "--png", name],
            &["receipt", "1", "--pdf", name],
        ] {
            counter.refuses(args, 1, "file_unwritable");
        }
    }
    assert_eq!((files(folder), entries(&counter)), before);
    assert_eq!(files(&taken), Vec::<String>::new());
}

#[test]
fn a_receipt_is_text_a_file_or_paper() {
    let counter = Counter::open();
    sells(&counter, "Tea", true);
    sells(&counter, "Cake", false);
    let text = counter.text(["receipt", "1"]);
    assert!(text.contains("A-000001") && text.contains("Tea"), "{text}");
    assert!(!text.to_lowercase().contains("copy"), "{text}");
    let again = counter.run(["receipt", "1"]).1;
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
    assert_eq!(counter.run(&both), (0, String::new(), String::new()));
    assert!(std::fs::read(&png).unwrap().starts_with(b"\x89PNG"));
    assert!(std::fs::read(&pdf).unwrap().starts_with(b"%PDF"));
    // A file named without a folder is written into the current folder.
    for args in [
        &["receipt", "1", "--png", "here.png"][..],
        &["export", "--format", "csv", "here.csv"],
    ] {
        let mut ringup = counter.ringup();
        let (code, _, errors) = run(ringup.current_dir(folder).args(args));
        assert_eq!((code, errors.as_str()), (0, ""), "{args:?}");
        assert!(folder.join(args[args.len() - 1]).exists());
    }
    let (_, text, _) = counter.run(["receipt", "1"]);
    assert!(text.to_lowercase().contains("copy"), "{text}");

    counter.refuses(["receipt", "1", "--print"], 1, "printer_none");
    counter.refuses(["receipt", "2"], 1, "receipt_none");
    counter.refuses(["receipt", "3"], 1, "sale_unknown");
}

#[test]
fn what_makes_no_sense_is_usage_and_does_nothing() {
    let counter = Counter::open();
    let before = entries(&counter);
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
        let (code, out, errors) = counter.run(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {errors}");
        assert!(!errors.is_empty());
    }
    assert_eq!(entries(&counter), before);
}
