//! How the till looks and sounds: for bad light, noise, and eyes and ears that differ.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::error::FieldErrors;

const SCALE_PERCENT: RangeInclusive<u16> = 80..=160;
/// Finer steps cannot be told apart.
const SCALE_STEP_PERCENT: u16 = 10;
const MAX_VOLUME_PERCENT: u8 = 100;
/// A shorter time would take the screen from someone who is just turning to it.
const PAID_RETURNS_AFTER_S: RangeInclusive<u16> = 5..=120;
/// Proposed to a shop that lets the screen close by itself: long enough to read it.
pub(super) const PROPOSED_PAID_RETURNS_AFTER_S: u16 = 15;

/// How the till looks and sounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct Appearance {
    /// The colours of every window.
    pub theme: Theme,
    /// The size of everything on the cashier's screen, percent of the usual: 80 to 160, in tens.
    pub scale_percent: u16,
    /// Whether the till makes any sound.
    pub sounds: bool,
    /// How loud, percent of the machine's own volume: 0 to 100.
    pub volume_percent: u8,
    /// Seconds after which the screen that says *paid* closes by itself, 5 to 120; `None`: it stays until it is
    /// closed.
    pub paid_returns_after_s: Option<u16>,
    /// When the on-screen keyboard is there.
    pub screen_keyboard: ScreenKeyboardUse,
}

/// When the till's own on-screen keyboard is shown for a field that takes text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ScreenKeyboardUse {
    /// In kiosk mode, whose desktop has none, for a field that was not reached by a real key.
    #[default]
    Kiosk,
    /// For every field that a finger has touched.
    Touch,
    /// The desktop has one of its own, or there is a real one.
    Never,
}

/// The colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Theme {
    /// As the desktop is set.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Black on white, thick lines.
    HighContrast,
}

impl Default for Appearance {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            scale_percent: 100,
            sounds: true,
            volume_percent: 70,
            paid_returns_after_s: None,
            screen_keyboard: ScreenKeyboardUse::default(),
        }
    }
}

impl Appearance {
    pub(super) fn validate(&self, errors: &mut FieldErrors) {
        errors.require(
            SCALE_PERCENT.contains(&self.scale_percent)
                && self.scale_percent.is_multiple_of(SCALE_STEP_PERCENT),
            "looks.scale_percent",
            "must be from 80 to 160, in tens",
        );
        errors.require(
            self.volume_percent <= MAX_VOLUME_PERCENT,
            "looks.volume_percent",
            "must be from 0 to 100",
        );
        errors.require(
            self.paid_returns_after_s
                .is_none_or(|seconds| PAID_RETURNS_AFTER_S.contains(&seconds)),
            "looks.paid_returns_after_s",
            "must be from 5 to 120",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    #[test]
    fn a_value_out_of_range_is_refused_by_its_field() {
        let refused = |change: fn(&mut Appearance)| {
            let mut settings = Settings::default();
            change(&mut settings.looks);
            settings.validate().err().map(|errors| errors[0].field)
        };
        for change in [
            (|looks| looks.scale_percent = 80) as fn(&mut Appearance),
            |looks| looks.scale_percent = 160,
            |looks| looks.volume_percent = 0,
            |looks| looks.volume_percent = 100,
            |looks| looks.paid_returns_after_s = Some(5),
            |looks| looks.paid_returns_after_s = Some(120),
        ] {
            assert_eq!(refused(change), None);
        }
        for (change, field) in [
            (
                (|looks| looks.scale_percent = 70) as fn(&mut Appearance),
                "looks.scale_percent",
            ),
            (|looks| looks.scale_percent = 170, "looks.scale_percent"),
            (|looks| looks.scale_percent = 115, "looks.scale_percent"),
            (|looks| looks.volume_percent = 101, "looks.volume_percent"),
            (
                |looks| looks.paid_returns_after_s = Some(4),
                "looks.paid_returns_after_s",
            ),
            (
                |looks| looks.paid_returns_after_s = Some(121),
                "looks.paid_returns_after_s",
            ),
        ] {
            assert_eq!(refused(change), Some(field));
        }
    }
}
