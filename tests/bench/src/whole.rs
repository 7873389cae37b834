//! What goes through the whole book: the export and the verify. Both must take no more memory of a great book
//! than of a smaller one.

use crate::Failed;
use crate::alone::{Told, ask};
use crate::figures::{Figures, Row, Target};
use crate::shop::Shop;
use crate::spread::ms;
use crate::sqlite;

/// How much more memory a book ten times as great may take.
const AT_MOST: f64 = 1.10;

const WHAT: &str = "the whole book";
/// The same rows from the peer.
const EXPORT: &str = ".mode csv
SELECT m.*, s.*, i.* FROM movement AS m JOIN sale AS s ON s.number = m.sale
LEFT JOIN invoice AS i ON i.sale = m.sale AND i.attempt = m.attempt ORDER BY m.at_unix_ms, m.seq;
SELECT s.*, i.* FROM sale AS s LEFT JOIN invoice AS i ON i.sale = s.number
WHERE s.paid_at_unix_ms IS NULL ORDER BY s.opened_at_unix_ms, s.number;";
const VERIFY: &str = "PRAGMA integrity_check;";

/// `shops`: the smaller first.
pub(crate) fn measure(shops: &[&Shop], figures: &mut Figures) -> Result<(), Failed> {
    for (what, unit, sql, peer) in [
        ("export", "rows/s", EXPORT, "sqlite3 .mode csv"),
        ("verify", "entries/s", VERIFY, "sqlite3 integrity_check"),
    ] {
        if !figures.wants(what, WHAT) {
            continue;
        }
        let mut before: Option<Told> = None;
        for shop in shops {
            let told = ask(what, &shop.folder)?;
            let peer_ms = ms(sqlite::asked(&shop.journal(), sql)?);
            let row = Row {
                subject: what,
                what: WHAT.to_owned(),
                sales: shop.sales,
                runs: 1,
                unit: "ms",
                median: told.ms,
                p95: None,
                peer: Some(peer.to_owned()),
                peer_median: Some(peer_ms),
                peer_with_start: None,
                target: None,
            };
            figures.add(row.clone());
            let rate = |ms: f64| Row {
                what: "speed".to_owned(),
                unit,
                median: f64::from(u32::try_from(told.count).unwrap_or(u32::MAX)) / ms * 1000.0,
                peer: None,
                peer_median: None,
                ..row.clone()
            };
            figures.add(rate(told.ms));
            let target = before.as_ref().map(|before| {
                let ratio = told.peak_mib / before.peak_mib;
                Target {
                    what: format!("at most {AT_MOST:.2} of the smaller, is {ratio:.2}"),
                    met: ratio <= AT_MOST,
                }
            });
            figures.add(Row {
                what: "most memory".to_owned(),
                unit: "MiB",
                median: told.peak_mib,
                peer: None,
                peer_median: None,
                target,
                ..row
            });
            before = Some(told);
        }
    }
    Ok(())
}
