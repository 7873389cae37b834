use proptest::prelude::*;

use super::*;

fn count(counted_minor: i64, pieces: &[(i64, u32)], left_minor: i64) -> CashCount {
    CashCount {
        purpose: CountPurpose::Count,
        currency: Currency::Eur,
        expected_minor: None,
        counted_minor,
        pieces: pieces
            .iter()
            .map(|(minor, count)| Piece {
                minor: *minor,
                count: *count,
            })
            .collect(),
        left_minor,
    }
}

#[test]
fn a_count_must_add_up() {
    assert_eq!(count(1_250, &[(500, 2), (50, 5)], 0).validate(), Ok(()));
    assert_eq!(count(1_250, &[], 1_250).validate(), Ok(()));
    assert_eq!(
        count(1_250, &[(500, 2)], 0).validate(),
        Err(CountError::PiecesDiffer)
    );
    assert_eq!(
        count(300, &[(300, 1)], 0).validate(),
        Err(CountError::UnknownPiece(Money::from_minor(
            300,
            Currency::Eur
        )))
    );
    for (counted, left) in [(100, 101), (100, -1), (-1, 0), (-5, -5)] {
        assert_eq!(
            count(counted, &[], left).validate(),
            Err(CountError::LeftTooMuch)
        );
    }
    let huge = count(i64::MAX, &[(50_000, u32::MAX)], 0);
    assert_eq!(huge.validate(), Err(CountError::PiecesDiffer));
}

fn lines() -> impl Strategy<Value = CashLine> {
    let sum = 0..1_000_000_i64;
    prop_oneof![
        (-1_000_000..1_000_000_i64).prop_map(CashLine::Taken),
        (-1_000_000..1_000_000_i64).prop_map(CashLine::Refunded),
        sum.clone().prop_map(CashLine::In),
        sum.clone().prop_map(CashLine::Out),
        sum.clone().prop_map(CashLine::Dropped),
        (sum.clone(), sum).prop_map(|(one, other)| CashLine::Counted {
            counted_minor: one.max(other),
            left_minor: one.min(other),
        }),
    ]
}

proptest! {
    /// The drawer as somebody with a pencil would keep it: notes in, notes out, and what was there at each count.
    #[test]
    fn what_is_expected_is_what_somebody_with_a_pencil_has(lines in prop::collection::vec(lines(), 0..40)) {
        let mut balance = Balance::default();
        let (mut in_drawer, mut known, mut missing) = (0_i64, false, 0_i64);
        for line in &lines {
            balance.add(line);
            match *line {
                CashLine::Taken(minor) | CashLine::In(minor) => in_drawer += minor,
                CashLine::Refunded(minor) | CashLine::Out(minor) | CashLine::Dropped(minor) => in_drawer -= minor,
                CashLine::Counted { counted_minor, left_minor } => {
                    if known {
                        missing += in_drawer - counted_minor;
                    }
                    (in_drawer, known) = (left_minor, true);
                }
            }
            prop_assert_eq!(balance.expected_minor, known.then_some(in_drawer));
            prop_assert_eq!(balance.difference_minor, -missing);
        }
        // The figures of a Z add up to what should be there.
        let shown = balance.start_minor.unwrap_or(0) + balance.taken_minor + balance.in_minor + balance.difference_minor
            - balance.refunded_minor - balance.out_minor - balance.dropped_minor - balance.removed_minor;
        prop_assert_eq!(shown, balance.expected_minor.unwrap_or(0));
    }

    /// A close begins where the one before ended, and the sums of both are those of the whole.
    #[test]
    fn two_days_in_a_row_are_the_whole(lines in prop::collection::vec(lines(), 0..40), cut in 0..40_usize) {
        let sum_up = |balance: &mut Balance, lines: &[CashLine]| lines.iter().for_each(|line| balance.add(line));
        let (first, second) = lines.split_at(cut.min(lines.len()));
        let (mut whole, mut morning) = (Balance::default(), Balance::default());
        sum_up(&mut whole, &lines);
        sum_up(&mut morning, first);
        let mut evening = Balance::beginning(morning.expected_minor);
        sum_up(&mut evening, second);
        prop_assert_eq!(evening.expected_minor, whole.expected_minor);
        prop_assert_eq!(morning.taken_minor + evening.taken_minor, whole.taken_minor);
        prop_assert_eq!(morning.difference_minor + evening.difference_minor, whole.difference_minor);
    }
}
