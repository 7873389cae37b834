//! The trials, small enough for every day; long runs are made by hand (docs/trials.md).

use std::path::PathBuf;

use ringup_core::failpoints::Failpoint;
use trials::crash::{self, Broken, Failed, Lie};
use trials::power::{self, Flush};

/// Other seeds are for runs by hand: what fails here fails again.
const SEED: u64 = 1;

fn crash_loop(cycles: u32, lie: Option<Lie>) -> Result<crash::Tally, Failed> {
    println!("crash loop: {cycles} cycles, seed {SEED}, lie {lie:?}");
    let program = PathBuf::from(env!("CARGO_BIN_EXE_crash-loop"));
    crash::run(&crash::Options {
        program,
        cycles,
        seed: SEED,
        lie,
    })
}

#[test]
fn two_hundred_kills_lose_nothing() {
    let tally = crash_loop(200, None).unwrap_or_else(|failed| panic!("{failed}"));
    println!("{tally}");
    assert_eq!(tally.cycles, 200);
    for point in Failpoint::ALL {
        assert!(
            tally.at.contains_key(&point),
            "nobody was killed at {point:?}"
        );
    }
    assert!(
        tally.at_random > 50 && tally.paid > 20 && tally.uncertain > 10,
        "{tally:?}"
    );
}

#[test]
fn a_charge_acknowledged_before_it_is_written_is_noticed() {
    let failed = crash_loop(100, Some(Lie::SayBeforeWriting)).unwrap_err();
    assert!(
        matches!(
            failed,
            Failed::Broken {
                broken: Broken::Lost { .. },
                ..
            }
        ),
        "{failed}"
    );
}

#[test]
fn a_request_sent_again_after_the_kill_is_noticed() {
    let failed = crash_loop(100, Some(Lie::SendAgain)).unwrap_err();
    let twice = matches!(
        failed,
        Failed::Broken {
            broken: Broken::RequestedTwice { .. },
            ..
        }
    );
    assert!(twice, "{failed}");
}

fn power_cut(flush: Flush) -> Result<power::Tally, power::Failed> {
    println!("power cut: 200 cycles, seed {SEED}, flush {flush:?}");
    let options = power::Options {
        cycles: 200,
        seed: SEED,
        flush,
    };
    let tally = power::run(options)?;
    println!("{tally}");
    Ok(tally)
}

#[test]
fn two_hundred_power_cuts_lose_nothing_acknowledged() {
    let tally = power_cut(Flush::Full).unwrap_or_else(|failed| panic!("{failed}"));
    assert_eq!((tally.cycles, tally.lost), (200, 0));
    assert!(
        tally.opening > 10 && tally.writing > 50 && tally.closing > 0,
        "{tally:?}"
    );
    assert!(
        tally.torn > 50,
        "the disk loses what was not flushed: {tally:?}"
    );
}

#[test]
fn without_a_flush_at_each_commit_the_same_cuts_lose_sales() {
    let tally = power_cut(Flush::Normal).unwrap_or_else(|failed| panic!("{failed}"));
    assert!(
        tally.lost > 100 && tally.losing > 20,
        "the trial is blind: {tally:?}"
    );
}
