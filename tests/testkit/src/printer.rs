//! An emulated receipt printer, in the network or behind a device file. It understands ESC/POS as published by the makers
//! of printers, knows nothing of the till's code, and draws the paper as a picture. A command that it does not know fails
//! the test.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use fontdue::{Font, FontSettings};
use image::{GrayImage, Luma};

/// The condition of the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrinterState {
    /// Prints and answers.
    Ready,
    /// Has no paper from the start.
    NoPaper,
    /// Runs out of paper while it prints.
    PaperEnds,
    /// Its cover is open.
    CoverOpen,
    /// Prints, but cannot answer questions about its status.
    CannotAnswer,
    /// Accepts connections, and neither reads nor answers.
    Unresponsive,
    /// Accepts a job and never reports that it is printed.
    NeverDone,
    /// Breaks the connection in the middle of a job.
    Disconnects,
    /// Prints, says so, and resets the connection.
    ResetsWhenDone,
    /// Prints, never says so, and closes the connection in good order.
    ClosesWhenDone,
    /// Prints and answers, and sends automatic status reports all the while.
    ReportsItself,
    /// The same, but never says that a job is printed.
    ReportsItselfAlone,
    /// Prints and answers; the print server before it greets when it is connected to, and once more a little later.
    Greets,
}

/// An automatic status report of a printer that is well (GS a).
const STATUS_REPORT: [u8; 4] = [0x14, 0x00, 0x00, 0x0f];
/// What the print server says. Some of its letters have the form of an answer.
const GREETING: &[u8] = b"Printer server ready\r\n";

/// What is on the paper, from top to bottom.
#[derive(Debug, Clone)]
enum Print {
    Letters(Vec<Letter>),
    /// Lines of dots; true is black.
    Dots(Vec<Vec<bool>>),
}

/// A letter on the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Letter {
    c: char,
    bold: bool,
    times: u8,
}

/// A printed piece of paper.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    columns: usize,
    prints: Vec<Print>,
    /// How often it was cut.
    pub cuts: usize,
    /// Pulses that open the cash drawer.
    pub drawer_pulses: usize,
    /// The code pages that were chosen, in order.
    pub code_pages: Vec<u8>,
}

impl Paper {
    /// The text, line by line.
    pub fn text(&self) -> String {
        let lines = self.prints.iter().filter_map(|print| match print {
            Print::Letters(line) => {
                let line: String = line.iter().map(|letter| letter.c).collect();
                Some(line.trim_end().to_owned() + "\n")
            }
            Print::Dots(_) => None,
        });
        lines.collect()
    }

    /// How many lines of dots are printed as a picture.
    pub fn picture_lines(&self) -> usize {
        let lines = self.prints.iter().map(|print| match print {
            Print::Letters(_) => 0,
            Print::Dots(lines) => lines.len(),
        });
        lines.sum()
    }

    /// The paper that these bytes print, on a printer with this many columns.
    pub fn of_job(job: &[u8], columns: usize) -> Self {
        let mut paper = Self {
            columns,
            ..Self::default()
        };
        let mut line = Vec::new();
        let (mut bold, mut times, mut page) = (false, 1, 0);
        let mut bytes = job.iter().copied();
        let mut next = || bytes.next();
        while let Some(byte) = next() {
            let mut more = || next().expect("the rest of a command");
            match byte {
                b'\n' => paper.end(&mut line),
                0x1b => match more() {
                    b'@' => (bold, times, page) = (false, 1, 0),
                    b't' => {
                        page = more();
                        paper.code_pages.push(page);
                    }
                    b'E' => bold = more() & 1 == 1,
                    b'd' => {
                        for _ in 0..more() {
                            paper.end(&mut line);
                        }
                    }
                    b'p' => {
                        assert_eq!(more(), 0, "the drawer's pin");
                        assert!(more() > 0 && more() > 0, "the pulse has a length");
                        paper.drawer_pulses += 1;
                    }
                    other => panic!("ESC {other:#04x}"),
                },
                0x1c => assert_eq!(more(), b'.', "FS"),
                0x1d => match more() {
                    b'!' => {
                        let size = more();
                        assert_eq!(size >> 4, size & 7, "as wide as high");
                        times = (size >> 4) + 1;
                    }
                    b'v' => {
                        assert_eq!((more(), more()), (b'0', 0), "a picture in its own size");
                        let mut number = || usize::from(more()) + 256 * usize::from(more());
                        let (bytes, lines) = (number(), number());
                        assert!(bytes * 8 <= columns * 12, "a picture runs over the edge");
                        assert!(line.is_empty(), "a picture begins a line");
                        let mut dots = || {
                            let bytes: Vec<u8> = (0..bytes).map(|_| more()).collect();
                            let bits = bytes
                                .iter()
                                .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1));
                            bits.collect()
                        };
                        paper
                            .prints
                            .push(Print::Dots((0..lines).map(|_| dots()).collect()));
                    }
                    b'V' => {
                        assert!(matches!(more(), 65 | 66), "feed and cut");
                        more();
                        assert!(line.is_empty(), "a line is not cut");
                        paper.cuts += 1;
                    }
                    other => panic!("GS {other:#04x}"),
                },
                0x20..=0x7e | 0x80.. => {
                    let c = letter(byte, page);
                    let used: usize = line.iter().map(|l: &Letter| usize::from(l.times)).sum();
                    if used + usize::from(times) > columns {
                        panic!("a line runs over the edge: {line:?}");
                    }
                    line.push(Letter { c, bold, times });
                }
                other => panic!("a control character: {other:#04x}"),
            }
        }
        assert!(line.is_empty(), "the last line is ended");
        paper
    }

    fn end(&mut self, line: &mut Vec<Letter>) {
        self.prints.push(Print::Letters(std::mem::take(line)));
    }

    /// A picture of the paper: 8 dots a millimetre, letters of 12 by 24 dots.
    pub fn image(&self) -> GrayImage {
        let font = |name: &str| {
            let path = crate::repository().join("src-tauri/core/fonts").join(name);
            Font::from_bytes(std::fs::read(path).unwrap(), FontSettings::default()).unwrap()
        };
        let fonts = [
            font("jetbrains-mono-regular.ttf"),
            font("jetbrains-mono-bold.ttf"),
        ];
        let margin = 32;
        let tall = |print: &Print| match print {
            Print::Dots(lines) => u32::try_from(lines.len()).unwrap(),
            Print::Letters(line) => match line.iter().map(|letter| letter.times).max() {
                Some(times) => 24 * u32::from(times) + 6,
                None => 30,
            },
        };
        let width = u32::try_from(self.columns).unwrap() * 12 + 2 * margin;
        let height: u32 = self.prints.iter().map(tall).sum();
        let mut paper = GrayImage::from_pixel(width, height + 2 * margin, Luma([255]));
        let mut top = margin;
        for print in &self.prints {
            let line = match print {
                Print::Letters(line) => line,
                Print::Dots(lines) => {
                    for (y, dots) in (top..).zip(lines) {
                        for (x, _) in (margin..).zip(dots).filter(|(_, black)| **black) {
                            paper.put_pixel(x, y, Luma([0]));
                        }
                    }
                    top += tall(print);
                    continue;
                }
            };
            let mut left = i32::try_from(margin).unwrap();
            for letter in line {
                let times = i32::from(letter.times);
                let font = &fonts[usize::from(letter.bold)];
                let (at, ink) = font.rasterize(letter.c, (20 * u16::from(letter.times)).into());
                let high = i32::try_from(at.height).unwrap();
                let place = top.cast_signed() + 18 * times - high - at.ymin;
                for (row, dots) in ink.chunks(at.width.max(1)).enumerate() {
                    for (column, dot) in dots.iter().enumerate() {
                        let x = left + at.xmin + i32::try_from(column).unwrap();
                        let y = place + i32::try_from(row).unwrap();
                        if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
                            && let Some(Luma([under])) = paper.get_pixel_mut_checked(x, y)
                        {
                            *under = under.saturating_sub(*dot);
                        }
                    }
                }
                left += 12 * times;
            }
            top += tall(print);
        }
        paper
    }
}

/// The letter of a byte in a code page. The pages bear the numbers that printers use.
fn letter(byte: u8, page: u8) -> char {
    /// Code page 858 from 0x80 on.
    const WESTERN: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
                           ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
    /// Code page 852 from 0x80 on.
    const CENTRAL: &str = "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─\
                           ┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}";
    /// Code page 857 from 0x80 on; it has no letter at three places.
    const TURKISH: &str = "ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞşáíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─\
                           ┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ?ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµ?×ÚÛÙìÿ¯´\u{ad}±?¾¶§÷¸°¨·¹³²■\u{a0}";
    /// Code page 866 from 0xb0 to 0xdf, and from 0xf0 on.
    const BOXES: &str = "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀";
    const LAST: &str = "ЁёЄєЇїЎў°∙·√№¤■\u{a0}";
    let cyrillic = |first: u32, place: u8| char::from_u32(first + u32::from(place)).unwrap();
    match (byte, page) {
        (0x20..=0x7e, _) => char::from(byte),
        (_, 19) => WESTERN.chars().nth(usize::from(byte - 0x80)).unwrap(),
        (_, 18) => CENTRAL.chars().nth(usize::from(byte - 0x80)).unwrap(),
        (_, 13) => TURKISH.chars().nth(usize::from(byte - 0x80)).unwrap(),
        (0x80..=0xaf, 17) => cyrillic(0x410, byte - 0x80),
        (0xe0..=0xef, 17) => cyrillic(0x440, byte - 0xe0),
        (0xb0..=0xdf, 17) => BOXES.chars().nth(usize::from(byte - 0xb0)).unwrap(),
        (0xf0.., 17) => LAST.chars().nth(usize::from(byte - 0xf0)).unwrap(),
        _ => panic!("byte {byte:#04x} of page {page}"),
    }
}

struct State {
    condition: PrinterState,
    /// The jobs so far; of an unfinished one, the bytes that have come.
    jobs: Vec<Vec<u8>>,
}

/// A printer of this machine. It runs until the test's process ends.
pub struct Printer {
    /// Its port; 0 behind a device file.
    pub port: u16,
    columns: usize,
    state: Arc<(Mutex<State>, Condvar)>,
}

impl Printer {
    /// A printer with this many columns.
    pub fn start(columns: usize, condition: PrinterState) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let jobs = Vec::new();
        let state = Arc::new((Mutex::new(State { condition, jobs }), Condvar::new()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                let stream = stream.unwrap();
                // The till may close the connection at any moment.
                std::thread::spawn(move || serve(stream, &shared).ok());
            }
        });
        Self {
            port,
            columns,
            state,
        }
    }

    /// A printer behind a device file, and the file's path: a terminal of the system, which passes bytes on as the
    /// kernel's printer driver does.
    pub fn on_device(columns: usize, condition: PrinterState) -> (Self, PathBuf) {
        use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
        use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

        let printers_end = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&printers_end).unwrap();
        unlockpt(&printers_end).unwrap();
        let path = ptsname(&printers_end, Vec::new()).unwrap();
        let path = PathBuf::from(path.into_string().unwrap());
        // Kept open, so that the printer is there before the till opens it and after it has closed it.
        let kept = File::options().read(true).write(true).open(&path).unwrap();
        let mut raw = tcgetattr(&kept).unwrap();
        raw.make_raw();
        tcsetattr(&kept, OptionalActions::Now, &raw).unwrap();
        let jobs = Vec::new();
        let state = Arc::new((Mutex::new(State { condition, jobs }), Condvar::new()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            let _kept = kept;
            serve(File::from(printers_end), &shared).ok();
        });
        let printer = Self {
            port: 0,
            columns,
            state,
        };
        (printer, path)
    }

    /// Changes its condition.
    pub fn set_state(&self, condition: PrinterState) {
        self.state.0.lock().unwrap().condition = condition;
    }

    /// What has been printed so far.
    pub fn papers(&self) -> Vec<Paper> {
        let state = self.state.0.lock().unwrap();
        let jobs = state.jobs.iter().filter(|job| !job.is_empty());
        jobs.map(|job| Paper::of_job(job, self.columns)).collect()
    }

    /// What has been printed, once this many papers have been cut.
    pub fn wait_for_papers(&self, count: usize) -> Vec<Paper> {
        let (state, changed) = &*self.state;
        let cut = |job: &&Vec<u8>| job.windows(3).any(|end| end == [0x1d, b'V', 65]);
        let waited = changed
            .wait_timeout_while(state.lock().unwrap(), crate::TIMEOUT, |state| {
                state.jobs.iter().filter(cut).count() < count
            })
            .unwrap();
        assert!(!waited.1.timed_out(), "waited in vain for paper");
        drop(waited);
        self.papers()
    }
}

/// The printer's end of a connection.
trait Line: Read + Write {
    /// Breaks the connection off when it is dropped.
    fn reset(&self) -> std::io::Result<()>;
}

impl Line for TcpStream {
    fn reset(&self) -> std::io::Result<()> {
        socket2::SockRef::from(self).set_linger(Some(Duration::ZERO))
    }
}

impl Line for File {
    fn reset(&self) -> std::io::Result<()> {
        Ok(())
    }
}

fn serve(mut stream: impl Line, shared: &(Mutex<State>, Condvar)) -> std::io::Result<()> {
    let (state, changed) = shared;
    let condition = || state.lock().unwrap().condition;
    let mine = {
        let mut state = state.lock().unwrap();
        state.jobs.push(Vec::new());
        state.jobs.len() - 1
    };
    let mut held: Vec<u8> = Vec::new();
    let mut greetings = [GREETING; 2].into_iter();
    if condition() == PrinterState::Greets {
        stream.write_all(greetings.next().unwrap())?;
    }
    let mut chunk = [0; 4096];
    loop {
        if condition() == PrinterState::Unresponsive {
            // Until the till gives up.
            while stream.read(&mut chunk)? > 0 {}
            return Ok(());
        }
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Ok(());
        }
        held.extend(&chunk[..read]);
        let mut job = Vec::new();
        let mut ends = false;
        while !held.is_empty() {
            let known = match held[..] {
                [0x10, 0x04, question, ..] => {
                    match condition() {
                        PrinterState::Greets => {
                            stream.write_all(greetings.next().unwrap_or_default())?;
                        }
                        PrinterState::ReportsItself | PrinterState::ReportsItselfAlone => {
                            stream.write_all(&STATUS_REPORT)?;
                        }
                        _ => {}
                    }
                    if let Some(answer) = status(question, condition()) {
                        stream.write_all(&[answer])?;
                    }
                    3
                }
                [0x1d, b'r', 1, ..] => {
                    match condition() {
                        PrinterState::NeverDone
                        | PrinterState::CannotAnswer
                        | PrinterState::Disconnects => {}
                        PrinterState::ReportsItselfAlone => stream.write_all(&STATUS_REPORT)?,
                        PrinterState::ReportsItself => {
                            stream
                                .write_all(&[&STATUS_REPORT[..], &[0], &STATUS_REPORT].concat())?;
                        }
                        PrinterState::ResetsWhenDone => {
                            stream.write_all(&[0])?;
                            stream.reset()?;
                            ends = true;
                        }
                        PrinterState::ClosesWhenDone => ends = true,
                        PrinterState::PaperEnds => {
                            state.lock().unwrap().condition = PrinterState::NoPaper
                        }
                        _ => stream.write_all(&[0])?,
                    }
                    3
                }
                [0x10] | [0x10, 0x04] | [0x1d] | [0x1d, b'r'] => break,
                [byte, ..] => {
                    job.push(byte);
                    1
                }
                [] => 0,
            };
            held.drain(..known);
        }
        if condition() == PrinterState::Disconnects && !job.is_empty() {
            return stream.reset();
        }
        state.lock().unwrap().jobs[mine].extend(job);
        changed.notify_all();
        if ends {
            return Ok(());
        }
    }
}

/// The answer to `DLE EOT n`, the question about the status; `None`: no answer.
fn status(question: u8, condition: PrinterState) -> Option<u8> {
    let ready = 0b0001_0010;
    match (condition, question) {
        (PrinterState::CannotAnswer | PrinterState::Unresponsive, _) => None,
        (PrinterState::NoPaper, 4) => Some(ready | 0b0110_1100),
        (PrinterState::NoPaper, 2) => Some(ready | 0b0010_0000),
        (PrinterState::CoverOpen, 2) => Some(ready | 0b0000_0100),
        _ => Some(ready),
    }
}
