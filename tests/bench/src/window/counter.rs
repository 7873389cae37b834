//! A till at which taps are measured, beside others that stand on desktops of their own: they take turns, so that other work
//! of the machine slows all of them alike.

use std::time::Duration;

use ringup_testkit::Desktop;

use super::key_input::KeyInput;
use super::programs::{Program, Running, settled};
use super::screen_capture::ScreenCapture;
use super::tap::{find_qr, measure_tap};
use super::till_window::TillWindow;
use crate::Failed;

/// A till's window, and where its QR is.
pub(super) struct Counter<'a> {
    window: TillWindow<'a>,
    running: Running<'a>,
    places: Vec<usize>,
}

impl<'a> Counter<'a> {
    /// Starts the program and makes one sale, which shows where its QR is.
    pub(super) fn open(
        program: &Program,
        gateway: &ringup_practice::PracticeGateway,
        desktop: &'a Desktop,
        screen: &'a ScreenCapture,
    ) -> Result<Self, Failed> {
        let mut keys = KeyInput::on(desktop)?;
        keys.move_pointer_away()?;
        let (running, empty_pad) = settled(program, desktop, screen)?;
        let mut window = TillWindow {
            screen,
            keys,
            control: gateway.control(),
            empty_pad,
        };
        let places = find_qr(&mut window)?;
        Ok(Self {
            window,
            running,
            places,
        })
    }

    /// Makes a sale; returns how long its QR took.
    pub(super) fn tap(&mut self) -> Result<Duration, Failed> {
        Ok(measure_tap(&mut self.window, &self.places)?.0.painted)
    }

    /// Ends the program.
    pub(super) fn end(self) -> Result<(), Failed> {
        self.running.end()
    }
}
