//! The three ways to a printer, as one: bytes there and back, each until a moment.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use escpos::driver::{Driver as _, NativeUsbDriver};
use serial2::SerialPort;

use super::{PrinterError, PrinterLimits, PrinterPort};

/// A way to a printer.
pub(super) trait Transport {
    /// Sends everything, or fails at `until`.
    fn send(&mut self, bytes: &[u8], until: Instant) -> io::Result<()>;

    /// The next byte that comes; `None` when none came until then.
    fn receive(&mut self, until: Instant) -> io::Result<Option<u8>>;

    /// Says that no more follows, and waits until the other side has taken it, if it says so.
    fn end(&mut self, until: Instant) -> io::Result<()>;
}

/// Opens the way.
pub(super) fn open(
    port: &PrinterPort,
    limits: PrinterLimits,
) -> Result<Box<dyn Transport>, PrinterError> {
    let unreachable = |error: io::Error| PrinterError::Unreachable(error.to_string());
    match port {
        PrinterPort::Network { host, port } => {
            let stream = connect(host, *port, limits).map_err(unreachable)?;
            Ok(Box::new(stream))
        }
        PrinterPort::Usb { vendor, product } => {
            let driver = NativeUsbDriver::open(*vendor, *product)
                .map_err(|error| PrinterError::Unreachable(error.to_string()))?;
            Ok(Box::new(Usb(driver)))
        }
        PrinterPort::Serial { path, baud } => {
            let port = SerialPort::open(path, *baud).map_err(unreachable)?;
            Ok(Box::new(port))
        }
    }
}

fn connect(host: &str, port: u16, limits: PrinterLimits) -> io::Result<TcpStream> {
    let until = Instant::now() + limits.connect;
    let mut last = io::Error::new(ErrorKind::NotFound, "there is no such host");
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, left(until)?) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// The time that is left; an error when none is.
fn left(until: Instant) -> io::Result<Duration> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(io::Error::new(ErrorKind::TimedOut, "it took too long"));
    }
    Ok(left)
}

fn no_time(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// A byte, or nothing in the time that was set.
fn one_byte(from: &mut impl Read) -> io::Result<Option<u8>> {
    let mut byte = [0];
    match from.read(&mut byte) {
        Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
        Ok(_) => Ok(Some(u8::from_be_bytes(byte))),
        Err(error) if no_time(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Sends piece by piece, each within the time that is left.
fn all(mut rest: &[u8], mut piece: impl FnMut(&[u8]) -> io::Result<usize>) -> io::Result<()> {
    while !rest.is_empty() {
        match piece(rest) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(sent) => rest = rest.get(sent..).unwrap_or_default(),
            // The time is up when `piece` says so by another error.
            Err(error) if no_time(&error) => {
                return Err(io::Error::new(ErrorKind::TimedOut, "it took too long"));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

impl Transport for TcpStream {
    fn send(&mut self, bytes: &[u8], until: Instant) -> io::Result<()> {
        all(bytes, |rest| {
            self.set_write_timeout(Some(left(until)?))?;
            self.write(rest)
        })
    }

    fn receive(&mut self, until: Instant) -> io::Result<Option<u8>> {
        let Ok(left) = left(until) else {
            return Ok(None);
        };
        self.set_read_timeout(Some(left))?;
        one_byte(self)
    }

    fn end(&mut self, until: Instant) -> io::Result<()> {
        self.shutdown(std::net::Shutdown::Write)?;
        // Until it closes too, or says nothing more.
        loop {
            match self.receive(until) {
                Ok(Some(_)) => {}
                Ok(None) => return Ok(()),
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }
}

/// Each of its calls ends after five seconds by itself.
struct Usb(NativeUsbDriver);

impl Transport for Usb {
    fn send(&mut self, bytes: &[u8], until: Instant) -> io::Result<()> {
        left(until)?;
        self.0.write(bytes).map_err(io::Error::other)
    }

    fn receive(&mut self, until: Instant) -> io::Result<Option<u8>> {
        if left(until).is_err() {
            return Ok(None);
        }
        let mut byte = [0];
        // The driver does not tell silence from failure; a printer that is gone fails at the next send.
        match self.0.read(&mut byte) {
            Ok(1) => Ok(Some(u8::from_be_bytes(byte))),
            Ok(_) | Err(_) => Ok(None),
        }
    }

    fn end(&mut self, _: Instant) -> io::Result<()> {
        Ok(())
    }
}

impl Transport for SerialPort {
    fn send(&mut self, bytes: &[u8], until: Instant) -> io::Result<()> {
        all(bytes, |rest| {
            self.set_write_timeout(left(until)?)?;
            Write::write(self, rest)
        })
    }

    fn receive(&mut self, until: Instant) -> io::Result<Option<u8>> {
        let Ok(left) = left(until) else {
            return Ok(None);
        };
        self.set_read_timeout(left)?;
        one_byte(self)
    }

    fn end(&mut self, _: Instant) -> io::Result<()> {
        SerialPort::flush(self)
    }
}
