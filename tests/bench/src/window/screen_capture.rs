//! The pixels of a desktop's screen, read from the file in which Xvfb keeps them: a window counts as shown when
//! it can be seen, not when the program says so.

use std::collections::HashMap;
use std::fs::File;
use std::os::unix::fs::FileExt as _;

use ringup_testkit::Desktop;
use ringup_testkit::picture::ScreenLayout;

use crate::Failed;

/// A pixel: blue, green, red, and a byte without a meaning.
pub(super) type Pixel = [u8; 4];

/// Every so many lines one is read: text is higher than this.
const LINE_STEP: usize = 12;
/// A window with fewer places of ink is empty.
const LEAST_INK: usize = 500;

/// Reads some lines of the screen, fast enough to do so every millisecond.
pub(super) struct ScreenCapture {
    file: File,
    layout: ScreenLayout,
    /// The lines that are read, from the top.
    lines: Vec<usize>,
}

/// Captured lines, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Capture(Vec<u8>);

/// What a screen shows when it is at rest, and where on it something is drawn.
pub(super) struct Picture {
    capture: Capture,
    /// Places whose colour is neither what was there before nor that of the background.
    ink: Vec<usize>,
}

impl ScreenCapture {
    /// Of the screen of this desktop.
    pub(super) fn of(desktop: &Desktop) -> Result<Self, Failed> {
        let file = File::open(desktop.screen_file())?;
        let mut header = [0; ScreenLayout::HEADER_BYTES];
        file.read_exact_at(&mut header, 0)?;
        let layout = ScreenLayout::read(&header);
        if layout.pixel_bytes != size_of::<Pixel>() {
            return Err(Failed::Other("a screen of four bytes a pixel".to_owned()));
        }
        let lines = (0..layout.height).step_by(LINE_STEP).collect();
        Ok(Self {
            file,
            layout,
            lines,
        })
    }

    /// Width and height of the screen in pixels.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.layout.width, self.layout.height)
    }

    /// Reads some lines.
    pub(super) fn capture(&self) -> Result<Capture, Failed> {
        self.read(&self.lines)
    }

    /// Reads every line.
    pub(super) fn capture_all(&self) -> Result<Capture, Failed> {
        self.read(&(0..self.layout.height).collect::<Vec<_>>())
    }

    /// Pixels from one line to the next. Some may lie beyond the screen's edge.
    pub(super) fn line_pixels(&self) -> usize {
        self.layout.row_bytes / size_of::<Pixel>()
    }

    /// The places in a [`Capture`] that lie within left, top, right, bottom.
    pub(super) fn places_in(&self, [left, top, right, bottom]: [usize; 4]) -> Vec<usize> {
        let lines = self.lines.iter().enumerate();
        let within = lines.filter(|(_, line)| (top..=bottom).contains(*line));
        within
            .flat_map(|(row, _)| (left..=right).map(move |x| row * self.line_pixels() + x))
            .collect()
    }

    fn read(&self, lines: &[usize]) -> Result<Capture, Failed> {
        let row_bytes = self.layout.row_bytes;
        let mut pixels = vec![0; lines.len() * row_bytes];
        for (line, bytes) in lines.iter().zip(pixels.chunks_mut(row_bytes)) {
            let at = self.layout.begin + line * row_bytes;
            self.file.read_exact_at(bytes, at as u64)?;
        }
        Ok(Capture(pixels))
    }
}

impl Capture {
    pub(super) fn pixels(&self) -> &[Pixel] {
        self.0.as_chunks().0
    }
}

impl Picture {
    /// The picture of a screen at rest that showed `before`.
    pub(super) fn of(capture: Capture, before: &Capture) -> Result<Self, Failed> {
        let both = capture.pixels().iter().zip(before.pixels()).enumerate();
        let changed: Vec<(usize, Pixel)> = both
            .filter(|(_, (now, then))| now != then)
            .map(|(place, (now, _))| (place, *now))
            .collect();
        let mut count: HashMap<Pixel, usize> = HashMap::new();
        for (_, pixel) in &changed {
            *count.entry(*pixel).or_default() += 1;
        }
        // The commonest colour is that of the background.
        let background = count.into_iter().max_by_key(|(_, count)| *count);
        let background = background.map(|(pixel, _)| pixel);
        let ink: Vec<usize> = changed
            .into_iter()
            .filter(|(_, pixel)| Some(*pixel) != background)
            .map(|(place, _)| place)
            .collect();
        if ink.len() < LEAST_INK {
            return Err(Failed::Other("the window stays empty".to_owned()));
        }
        Ok(Self { capture, ink })
    }

    /// Whether all of it is shown now.
    pub(super) fn is_in(&self, now: &Capture) -> bool {
        let (want, have) = (self.capture.pixels(), now.pixels());
        self.ink
            .iter()
            .all(|place| want.get(*place) == have.get(*place))
    }
}
