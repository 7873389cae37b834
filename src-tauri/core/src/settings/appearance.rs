//! What the shop sets of how the till looks and sounds: for bad light, noise, and eyes that differ.

use serde::{Deserialize, Serialize};

use crate::gateway::FieldError;

const SMALLEST_PERCENT: u16 = 80;
const LARGEST_PERCENT: u16 = 160;
/// Finer steps cannot be told apart.
const STEP_PERCENT: u16 = 10;
const LOUDEST_PERCENT: u8 = 100;
/// Shorter would take the screen from someone who is just turning to it.
const SHORTEST_PAID_S: u16 = 5;
const LONGEST_PAID_S: u16 = 120;

/// How the till looks and sounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct Looks {
    /// The colours of every window.
    pub theme: Theme,
    /// The size of everything on the cashier's screen, percent of the usual: 80 to 160, in tens.
    pub scale_percent: u16,
    /// Whether the till makes any sound.
    pub sounds: bool,
    /// How loud, percent of the machine's own volume: 0 to 100.
    pub volume_percent: u8,
    /// The screen that says *paid* goes away by itself after so many seconds, 5 to 120; none: when it is put away.
    pub paid_returns_after_s: Option<u16>,
}

/// The colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Theme {
    /// What the desktop wishes.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Black on white, thick lines.
    HighContrast,
}

impl Default for Looks {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            scale_percent: 100,
            sounds: true,
            volume_percent: 70,
            paid_returns_after_s: None,
        }
    }
}

impl Looks {
    pub(crate) fn problem(&self) -> Option<FieldError> {
        let wrong = |field, problem| Some(FieldError { field, problem });
        let scale = self.scale_percent;
        if !(SMALLEST_PERCENT..=LARGEST_PERCENT).contains(&scale)
            || !scale.is_multiple_of(STEP_PERCENT)
        {
            return wrong("looks.scale_percent", "must be from 80 to 160, in tens");
        }
        if self.volume_percent > LOUDEST_PERCENT {
            return wrong("looks.volume_percent", "must be from 0 to 100");
        }
        let fits = |after_s: &u16| (SHORTEST_PAID_S..=LONGEST_PAID_S).contains(after_s);
        if !self.paid_returns_after_s.as_ref().is_none_or(fits) {
            return wrong("looks.paid_returns_after_s", "must be from 5 to 120");
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_could_use_is_refused_by_its_field() {
        let refused = |change: fn(&mut Looks)| {
            let mut looks = Looks::default();
            change(&mut looks);
            looks.problem().map(|error| error.field)
        };
        assert_eq!(refused(|_| ()), None);
        for change in [
            (|looks| looks.scale_percent = 80) as fn(&mut Looks),
            |looks| looks.scale_percent = 160,
            |looks| looks.volume_percent = 0,
            |looks| looks.volume_percent = 100,
            |looks| looks.paid_returns_after_s = Some(5),
            |looks| looks.paid_returns_after_s = Some(120),
        ] {
            assert_eq!(refused(change), None);
        }
        for change in [
            (|looks| looks.scale_percent = 70) as fn(&mut Looks),
            |looks| looks.scale_percent = 170,
            |looks| looks.scale_percent = 115,
        ] {
            assert_eq!(refused(change), Some("looks.scale_percent"));
        }
        assert_eq!(
            refused(|looks| looks.volume_percent = 101),
            Some("looks.volume_percent")
        );
        for change in [
            (|looks| looks.paid_returns_after_s = Some(4)) as fn(&mut Looks),
            |looks| looks.paid_returns_after_s = Some(121),
        ] {
            assert_eq!(refused(change), Some("looks.paid_returns_after_s"));
        }
    }
}
