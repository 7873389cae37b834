//! The three ways to reach a printer (network, USB, serial) behind one trait: bytes sent and received, each call with a
//! deadline.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use escpos::driver::{Driver as _, NativeUsbDriver};
use serial2::SerialPort;

use super::{PrinterError, PrinterLimits, PrinterPort};

/// A connection to a printer.
pub(super) trait Transport {
    /// Sends all bytes.
    ///
    /// # Errors
    /// `TimedOut` at the deadline, and those of the connection.
    fn send(&mut self, bytes: &[u8], deadline: Instant) -> io::Result<()>;

    /// The next byte; `None` when none came before the deadline.
    fn receive(&mut self, deadline: Instant) -> io::Result<Option<u8>>;

    /// Says that no more bytes follow, and waits until the printer has taken all of them, as far as it says so.
    fn end(&mut self, deadline: Instant) -> io::Result<()>;
}

/// Connects to the printer.
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
    let deadline = Instant::now() + limits.connect;
    let mut last = io::Error::new(ErrorKind::NotFound, "there is no such host");
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, time_left(deadline)?) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// The time left before the deadline; an error when it has passed.
fn time_left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(io::Error::new(ErrorKind::TimedOut, "it took too long"));
    }
    Ok(left)
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// The next byte, or `None` when none came within the timeout that was set.
fn read_byte(from: &mut impl Read) -> io::Result<Option<u8>> {
    let mut byte = [0];
    match from.read(&mut byte) {
        Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
        Ok(_) => Ok(Some(u8::from_be_bytes(byte))),
        Err(error) if is_timeout(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Sends all bytes piece by piece.
fn send_all(mut rest: &[u8], mut piece: impl FnMut(&[u8]) -> io::Result<usize>) -> io::Result<()> {
    while !rest.is_empty() {
        match piece(rest) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(sent) => rest = rest.get(sent..).unwrap_or_default(),
            Err(error) if is_timeout(&error) => {
                return Err(io::Error::new(ErrorKind::TimedOut, "it took too long"));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

impl Transport for TcpStream {
    fn send(&mut self, bytes: &[u8], deadline: Instant) -> io::Result<()> {
        send_all(bytes, |rest| {
            self.set_write_timeout(Some(time_left(deadline)?))?;
            self.write(rest)
        })
    }

    fn receive(&mut self, deadline: Instant) -> io::Result<Option<u8>> {
        let Ok(left) = time_left(deadline) else {
            return Ok(None);
        };
        self.set_read_timeout(Some(left))?;
        read_byte(self)
    }

    fn end(&mut self, deadline: Instant) -> io::Result<()> {
        self.shutdown(std::net::Shutdown::Write)?;
        // Until the printer closes too, or sends nothing more.
        loop {
            match self.receive(deadline) {
                Ok(Some(_)) => {}
                Ok(None) => return Ok(()),
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }
}

/// A printer on USB. The driver ends each of its calls after five seconds.
struct Usb(NativeUsbDriver);

impl Transport for Usb {
    fn send(&mut self, bytes: &[u8], deadline: Instant) -> io::Result<()> {
        time_left(deadline)?;
        self.0.write(bytes).map_err(io::Error::other)
    }

    fn receive(&mut self, deadline: Instant) -> io::Result<Option<u8>> {
        if time_left(deadline).is_err() {
            return Ok(None);
        }
        let mut byte = [0];
        // The driver does not tell silence from failure. A printer that is gone fails at the next send.
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
    fn send(&mut self, bytes: &[u8], deadline: Instant) -> io::Result<()> {
        send_all(bytes, |rest| {
            self.set_write_timeout(time_left(deadline)?)?;
            Write::write(self, rest)
        })
    }

    fn receive(&mut self, deadline: Instant) -> io::Result<Option<u8>> {
        let Ok(left) = time_left(deadline) else {
            return Ok(None);
        };
        self.set_read_timeout(left)?;
        read_byte(self)
    }

    fn end(&mut self, _: Instant) -> io::Result<()> {
        SerialPort::flush(self)
    }
}
