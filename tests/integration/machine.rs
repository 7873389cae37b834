//! The machine fails under the program: a full disk, no right to write, a damaged journal, many programs at once.
//! Everything acknowledged is kept, and the user is told.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use ringup_testkit::{Counter, Program, error_code, refused, run, wait_until};

/// The program with the signal for the limit of file size ignored: a write beyond it fails, as on a full disk.
fn on_a_small_disk(ringup: Command) -> Command {
    wrapped(ringup, "sh", &["-c", "trap '' XFSZ; exec \"$@\"", "sh"])
}

/// The program without root's capabilities, which would ignore the rights of files.
pub(crate) fn without_privileges(ringup: Command) -> Command {
    let rights = "-dac_override,-dac_read_search";
    let is_root = std::fs::metadata("/proc/self").unwrap();
    if std::os::unix::fs::MetadataExt::uid(&is_root) != 0 {
        return ringup;
    }
    wrapped(
        ringup,
        "setpriv",
        &["--bounding-set", rights, "--inh-caps", rights],
    )
}

fn wrapped(inner: Command, program: &str, args: &[&str]) -> Command {
    let mut outer = Command::new(program);
    outer
        .env_clear()
        .args(args)
        .arg(inner.get_program())
        .args(inner.get_args());
    for (name, value) in inner.get_envs() {
        if let Some(value) = value {
            outer.env(name, value);
        }
    }
    outer
}

/// Limits how much a running program may write into a file.
fn room(program: &Program, bytes: &str) {
    let limit = format!("--fsize={bytes}:unlimited");
    let set = Command::new("prlimit")
        .args(["--pid", &program.id(), &limit])
        .status();
    assert!(set.unwrap().success(), "prlimit is part of util-linux");
}

fn everything(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            let below = if path.is_dir() {
                everything(&path)
            } else {
                Vec::new()
            };
            std::iter::once(path).chain(below)
        })
        .collect()
}

const STATES: &str = "SELECT state FROM sale ORDER BY number";

#[test]
fn a_disk_that_fills_while_a_customer_pays_loses_nothing() {
    let counter = Counter::open();
    let mut program = Program::start(&mut on_a_small_disk(counter.charge()));
    let sale = program.sale_in_state("awaiting");
    counter.remote.wait_for_calls("info", 1);

    room(&program, "4096");
    counter.remote.act(&sale, "pay");
    // The failure is reported, and the sale is not called paid before that is written.
    let told = program.error().unwrap();
    assert_eq!(error_code(&told), "journal_unwritable");
    assert_eq!(counter.query_journal(STATES), "awaiting\n");

    room(&program, "unlimited");
    let paid = program.sale();
    assert_eq!(
        (&paid["state"], &paid["late"]),
        (&json!("paid"), &json!(false))
    );
    assert_eq!(program.exit(), (0, String::new()), "told once");
    assert_eq!(counter.query_journal(STATES), "paid\n");
    assert_eq!(counter.remote.count("create"), 1);
    counter.assert_whole();
}

#[test]
fn a_full_disk_sells_nothing_and_sends_nothing() {
    let counter = Counter::open();
    counter.open_sale();
    let mut charge = counter.ringup();
    charge.args(["charge", "12.50", "EUR"]);
    let full = ["-c", "trap '' XFSZ; ulimit -f 4; exec \"$@\"", "sh"];
    refused(&mut wrapped(charge, "sh", &full), 1, "journal_unwritable");
    assert_eq!(counter.remote.count("create"), 1);
    assert_eq!(counter.query_journal("SELECT count(*) FROM sale"), "1\n");
    counter.assert_whole();
}

#[test]
fn a_disk_that_fills_while_the_gateway_answers_leaves_the_request_in_doubt() {
    let counter = Counter::open();
    // A delay in which the disk is filled, between the request and the answer.
    counter
        .remote
        .add_fault(&json!({"endpoint": "create", "act": {"delay_ms": 700}}));
    let program = Program::start(&mut on_a_small_disk(counter.charge()));
    counter.remote.wait_for_calls("create", 1);
    room(&program, "4096");
    let (code, out, errors) = program.output();
    // The invoice's address is not written, so it is not shown.
    assert!(!out.contains("pay_url\":\""), "{out}");
    assert_eq!((code, error_code(&errors)), (1, "journal_unwritable"));
    counter.run(["key", "status"]);
    assert_eq!(counter.query_journal(STATES), "uncertain\n");
    assert_eq!(counter.remote.count("create"), 1);
    counter.assert_whole();
}

#[test]
fn a_folder_that_may_not_be_written_is_told_and_left_alone() {
    let counter = Counter::open();
    counter.open_sale();
    let data = counter.desktop.data_dir();
    let rights = |mode| {
        for path in everything(&data).into_iter().filter(|path| path.is_file()) {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode & 0o666)).unwrap();
        }
        std::fs::set_permissions(&data, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let before = std::fs::read(data.join("journal.sqlite")).unwrap();
    rights(0o500);
    let mut charge = counter.ringup();
    charge.args(["charge", "12.50", "EUR"]);
    let (code, out, errors) = run(&mut without_privileges(charge));
    rights(0o700);
    assert_eq!(
        (code, out.as_str(), error_code(&errors)),
        (1, "", "journal_unwritable")
    );
    assert_eq!(std::fs::read(data.join("journal.sqlite")).unwrap(), before);
    assert_eq!(counter.remote.count("create"), 1);
    assert_eq!(counter.query_journal(STATES), "awaiting\n");
    counter.assert_whole();
}

#[test]
fn a_file_that_is_no_journal_of_this_program_is_refused_and_kept() {
    let counter = Counter::open();
    counter.open_sale();
    let path = counter.journal();
    counter.query_journal("PRAGMA wal_checkpoint(TRUNCATE)");
    let honest = std::fs::read(&path).unwrap();
    let mut damaged = honest.clone();
    // Damage beyond the first page, which holds the schema.
    damaged[4096..].fill(0x5a);
    let mut newer = honest.clone();
    // The user version is at byte 60, big-endian (SQLite, *Database File Format*, 1.3).
    newer[60..64].copy_from_slice(&999_u32.to_be_bytes());
    let mut foreign = honest.clone();
    // The application id is at byte 68.
    foreign[68..72].copy_from_slice(&7_u32.to_be_bytes());
    for (bytes, told) in [
        (b"no journal at all".to_vec(), "journal_corrupt"),
        (damaged, "journal_corrupt"),
        (newer, "journal_newer"),
        (foreign, "journal_corrupt"),
        (honest[..5000].to_vec(), "journal_corrupt"),
    ] {
        std::fs::write(&path, &bytes).unwrap();
        counter.refuses(["charge", "12.50", "EUR"], 1, told);
        assert!(
            std::fs::read(&path).unwrap() == bytes,
            "{told}: the file is touched"
        );
    }
    assert_eq!(counter.remote.count("create"), 1);
}

#[test]
fn what_is_kept_is_for_its_owner_alone_and_no_dump_is_made() {
    let counter = Counter::open();
    // A desktop with careless defaults.
    let data = counter.desktop.data_dir().join("deep").join("data");
    let open = |command: &mut Command| {
        command.env("RINGUP_DATA_DIR", &data);
        let inner = std::mem::replace(command, Command::new("true"));
        wrapped(
            inner,
            "sh",
            &[
                "-c",
                "umask 0; ulimit -c unlimited 2>/dev/null; exec \"$@\"",
                "sh",
            ],
        )
    };
    let mut charge = counter.charge();
    let mut program = Program::start(&mut open(&mut charge));
    let sale = program.sale_in_state("awaiting");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", program.id())).unwrap();
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"));
    let core: Vec<_> = core.unwrap().split_whitespace().skip(4).take(2).collect();
    assert_eq!(core, ["0", "0"], "no core dumps, and no way back");

    let seen = everything(&data);
    let has = |name: &str| seen.iter().any(|path| path.ends_with(name));
    assert!(
        has("journal.sqlite") && has("journal.sqlite-wal") && has("journal.lock"),
        "{seen:?}"
    );
    assert!(
        seen.iter()
            .any(|path| path.extension().is_some_and(|kind| kind == "log"))
    );
    for path in seen.into_iter().chain([data.clone()]) {
        let mode = path.metadata().unwrap().permissions().mode() & 0o777;
        let private = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, private, "{} is {mode:o}", path.display());
    }
    counter.remote.act(&sale, "pay");
    program.sale_in_state("paid");
    assert_eq!(program.exit().0, 0);
}

#[test]
fn many_programs_on_one_journal_neither_fork_nor_leave_a_gap() {
    const PROGRAMS: usize = 4;
    const SALES: usize = 5;
    let counter = Counter::open();
    // One program watches all the time, over a sale that is not paid until the end.
    let unpaid = counter.json(["charge", "1", "EUR", "--no-wait", "--json"]);
    let mut watch = Program::start(counter.ringup().args(["watch", "--json"]));
    watch.sale_in_state("awaiting");

    for _ in 0..SALES {
        let mut programs: Vec<_> = (0..PROGRAMS)
            .map(|_| Program::start(&mut counter.charge()))
            .collect();
        for program in &mut programs {
            let sale = program.sale_in_state("awaiting");
            counter.remote.act(&sale, "pay");
        }
        for mut program in programs {
            program.sale_in_state("paid");
            assert_eq!(program.exit(), (0, String::new()));
        }
    }
    counter.remote.act(&unpaid, "pay");
    wait_until("all is paid", || {
        counter.query_journal("SELECT count(*) FROM sale WHERE state <> 'paid'") == "0\n"
    });
    let (code, errors) = watch.exit();
    let left = "Still under watch: 0 open, 0 ended or in question, 21 paid and not settled.\n";
    assert_eq!((code, errors.as_str()), (0, left));
    let sales = PROGRAMS * SALES + 1;
    assert_eq!(
        counter.query_journal("SELECT count(*), count(DISTINCT number), max(number) FROM sale"),
        format!("{sales}|{sales}|{sales}\n")
    );
    assert_eq!(
        counter.remote.count("create"),
        u64::try_from(sales).unwrap()
    );
    counter.assert_whole();
}

#[test]
fn a_data_folder_whose_name_is_no_text_is_the_one_that_is_used() {
    use std::os::unix::ffi::OsStrExt as _;
    let counter = Counter::open();
    let folder = counter.file(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    let mut charge = counter.ringup();
    charge.env("RINGUP_DATA_DIR", &folder);
    assert_eq!(
        run(charge.args(["charge", "12.50", "EUR", "--no-wait"])).0,
        0
    );
    assert!(folder.join("journal.sqlite").exists());
    let copy = folder.join("copy.sqlite");
    let mut backup = counter.ringup();
    backup
        .env("RINGUP_DATA_DIR", &folder)
        .arg("backup")
        .arg(&copy);
    assert_eq!(run(&mut backup).0, 0);
    assert!(copy.exists(), "the copy is where it was wanted");
    // Storing the key made a journal there; nothing was sold into it.
    assert_eq!(counter.query_journal("SELECT count(*) FROM sale"), "0\n");
}

#[test]
fn a_start_that_cannot_be_right_is_a_sentence_and_an_exit_code() {
    use std::os::unix::ffi::OsStringExt as _;
    let counter = Counter::open();
    let open = counter.file("open");
    std::fs::create_dir(&open).unwrap();
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o775)).unwrap();
    let latin_1 = std::ffi::OsString::from_vec(b"http://caf\xe9/v1".to_vec());
    let starts: [(&str, std::ffi::OsString, &[&str], &str); 3] = [
        (
            "RINGUP_DATA_DIR",
            open.clone().into(),
            &["sales"],
            "chmod go-w",
        ),
        ("RINGUP_API_URL", latin_1, &["sales"], "RINGUP_API_URL"),
        // The window, where there is no display.
        ("DISPLAY", "".into(), &[], "no display"),
    ];
    for (name, value, arguments, told) in starts {
        let mut ringup = counter.ringup();
        ringup.env_remove("WAYLAND_DISPLAY").env(name, value);
        let errors = refused(ringup.args(arguments), 1, "config_invalid");
        assert!(
            errors.contains(told) && !errors.contains("panicked"),
            "{errors}"
        );
    }
    assert_eq!(
        std::fs::read_dir(&open).unwrap().count(),
        0,
        "nothing was begun"
    );
}

#[test]
fn no_other_program_of_the_user_reads_its_memory() {
    let counter = Counter::open();
    let (mut program, _) = counter.start_charge();
    // The files of a process that may not be dumped belong to root (proc(5)); of one that may, to its user. Root's own
    // processes do not differ in that, so the flag itself is not seen there.
    let auxv = std::fs::metadata(format!("/proc/{}/auxv", program.id())).unwrap();
    assert_eq!(std::os::unix::fs::MetadataExt::uid(&auxv), 0);
    program.kill();
}
