//! Work on the whole book: export and verify. Neither may need more memory for a large book than for a small one.

use crate::Failed;
use crate::alone::{Measurement, measure as measure_alone};
use crate::figures::{Figures, Row, Target};
use crate::shop::Shop;
use crate::spread::ms;
use crate::sqlite;

/// How much more memory a book of ten times the size may need.
const AT_MOST: f64 = 1.10;

const WHAT: &str = "the whole book";
/// The peer's export of the same rows.
const EXPORT: &str = ".mode csv
SELECT m.*, s.*, i.* FROM movement AS m JOIN sale AS s ON s.number = m.sale
LEFT JOIN invoice AS i ON i.sale = m.sale AND i.attempt = m.attempt ORDER BY m.at_unix_ms, m.seq;
SELECT s.*, i.* FROM sale AS s LEFT JOIN invoice AS i ON i.sale = s.number
WHERE s.paid_at_unix_ms IS NULL ORDER BY s.opened_at_unix_ms, s.number;";
const VERIFY: &str = "PRAGMA integrity_check;";

/// Adds the rows. The smaller shop must come first.
pub(crate) fn measure(shops: &[&Shop], figures: &mut Figures) -> Result<(), Failed> {
    for (what, unit, sql, peer) in [
        ("export", "rows/s", EXPORT, "sqlite3 .mode csv"),
        ("verify", "entries/s", VERIFY, "sqlite3 integrity_check"),
    ] {
        if !figures.wants(what, WHAT) {
            continue;
        }
        let mut before: Option<Measurement> = None;
        for shop in shops {
            let mine = measure_alone(what, &shop.folder)?;
            let peer_ms = ms(sqlite::asked(&shop.journal(), sql)?);
            let row = Row {
                subject: what,
                what: WHAT.to_owned(),
                sales: shop.sales,
                runs: 1,
                unit: "ms",
                median: mine.ms,
                peer: Some(peer.to_owned()),
                peer_median: Some(peer_ms),
                ..Row::default()
            };
            figures.add(row.clone());
            let rate = |ms: f64| Row {
                what: "speed".to_owned(),
                unit,
                median: f64::from(u32::try_from(mine.count).unwrap_or(u32::MAX)) / ms * 1000.0,
                peer: None,
                peer_median: None,
                ..row.clone()
            };
            figures.add(rate(mine.ms));
            let target = before.as_ref().map(|before| {
                let ratio = mine.peak_mib / before.peak_mib;
                Target {
                    what: format!("at most {AT_MOST:.2} of the smaller, is {ratio:.2}"),
                    met: ratio <= AT_MOST,
                }
            });
            figures.add(Row {
                what: "most memory".to_owned(),
                unit: "MiB",
                median: mine.peak_mib,
                peer: None,
                peer_median: None,
                target,
                ..row
            });
            before = Some(mine);
        }
    }
    Ok(())
}
