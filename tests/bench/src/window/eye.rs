//! What stands on a screen, read where the X server keeps its pixels: a window is there when it can be
//! seen, not when it says so.

use std::collections::HashMap;
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use crate::Failed;

/// A pixel as the server keeps it: blue, green, red, and a byte of nothing.
pub(super) type Pixel = [u8; 4];

/// Reads some lines of the screen, which is quick enough to be done each millisecond.
pub(super) struct Eye {
    file: File,
    /// Where the first line begins, bytes.
    begin: usize,
    line_bytes: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    /// The lines looked at, from the top.
    lines: Vec<usize>,
}

/// The lines looked at, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen(Vec<u8>);

/// What a screen shows when it is at rest, and where it says something.
pub(super) struct Picture {
    seen: Seen,
    /// Places whose colour is neither what was there before nor the paper's.
    ink: Vec<usize>,
}

/// Between two lines that are looked at: text is higher than this.
const EVERY: usize = 12;
/// A picture without this many places of ink is an empty window.
const LEAST_INK: usize = 500;

impl Eye {
    /// An eye on the screen that a server keeps in this file (X11's XWDFile.h: big-endian words, then a
    /// colour map, then the lines).
    pub(super) fn on(file: &Path) -> Result<Self, Failed> {
        let file = File::open(file)?;
        let mut head = [0; 4 * 25];
        file.read_exact_at(&mut head, 0)?;
        let words: Vec<usize> = head
            .as_chunks()
            .0
            .iter()
            .map(|word| usize::try_from(u32::from_be_bytes(*word)).unwrap_or(0))
            .collect();
        let word = |n: usize| words.get(n).copied().unwrap_or(0);
        if word(11) != 32 {
            return Err(Failed::Other("a screen of four bytes a pixel".to_owned()));
        }
        let height = word(5);
        Ok(Self {
            file,
            begin: word(0) + 12 * word(19),
            line_bytes: word(12),
            width: word(4),
            height,
            lines: (0..height).step_by(EVERY).collect(),
        })
    }

    pub(super) fn look(&self) -> Result<Seen, Failed> {
        self.read(&self.lines)
    }

    /// Every line.
    pub(super) fn look_at_all(&self) -> Result<Seen, Failed> {
        self.read(&(0..self.height).collect::<Vec<_>>())
    }

    /// Pixels from one line to the next, some of them beyond the screen's edge.
    pub(super) fn line_pixels(&self) -> usize {
        self.line_bytes / size_of::<Pixel>()
    }

    /// Which of the pixels that are looked at lie within left, top, right, bottom.
    pub(super) fn places_in(&self, [left, top, right, bottom]: [usize; 4]) -> Vec<usize> {
        let lines = self.lines.iter().enumerate();
        let within = lines.filter(|(_, line)| (top..=bottom).contains(*line));
        within
            .flat_map(|(row, _)| (left..=right).map(move |x| row * self.line_pixels() + x))
            .collect()
    }

    fn read(&self, lines: &[usize]) -> Result<Seen, Failed> {
        let mut seen = vec![0; lines.len() * self.line_bytes];
        for (line, bytes) in lines.iter().zip(seen.chunks_mut(self.line_bytes)) {
            let at = self.begin + line * self.line_bytes;
            self.file.read_exact_at(bytes, at as u64)?;
        }
        Ok(Seen(seen))
    }
}

impl Seen {
    pub(super) fn pixels(&self) -> &[Pixel] {
        self.0.as_chunks().0
    }
}

impl Picture {
    /// What is to be waited for: `seen` at rest, on a screen that showed `before`.
    pub(super) fn of(seen: Seen, before: &Seen) -> Result<Self, Failed> {
        let mut count: HashMap<Pixel, usize> = HashMap::new();
        let news = |seen: &Seen| -> Vec<usize> {
            let both = seen.pixels().iter().zip(before.pixels()).enumerate();
            both.filter(|(_, (now, then))| now != then)
                .map(|(place, _)| place)
                .collect()
        };
        let news = news(&seen);
        for place in &news {
            if let Some(pixel) = seen.pixels().get(*place) {
                *count.entry(*pixel).or_default() += 1;
            }
        }
        let paper = count.into_iter().max_by_key(|(_, count)| *count);
        let paper = paper.map(|(pixel, _)| pixel);
        let ink: Vec<usize> = news
            .into_iter()
            .filter(|place| seen.pixels().get(*place).copied() != paper)
            .collect();
        if ink.len() < LEAST_INK {
            return Err(Failed::Other("the window stays empty".to_owned()));
        }
        Ok(Self { seen, ink })
    }

    /// Whether all of it is there.
    pub(super) fn is_in(&self, now: &Seen) -> bool {
        let (want, have) = (self.seen.pixels(), now.pixels());
        self.ink
            .iter()
            .all(|place| want.get(*place) == have.get(*place))
    }
}
