//! The ways to reach a printer directly (network, USB, serial port, device file) behind one trait: bytes sent and
//! received, each call with a deadline.

use std::collections::VecDeque;
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

    /// The next byte, if it comes so soon; where the wait cannot be this short, only a byte that is here already.
    fn receive_soon(&mut self, wait: Duration) -> io::Result<Option<u8>> {
        self.receive(Instant::now() + wait)
    }

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
            let received = VecDeque::new();
            Ok(Box::new(Usb { driver, received }))
        }
        PrinterPort::Serial { path, baud } => {
            let port = SerialPort::open(path, *baud).map_err(unreachable)?;
            Ok(Box::new(port))
        }
        #[cfg(unix)]
        PrinterPort::Device { path } => {
            let device =
                super::device_file::DeviceFile::open(path.as_ref()).map_err(unreachable)?;
            Ok(Box::new(device))
        }
        #[cfg(not(unix))]
        PrinterPort::Device { .. } => Err(PrinterError::Unreachable(
            "there are no device files on this system".to_owned(),
        )),
        PrinterPort::Queue { .. } => Err(PrinterError::Unreachable(
            "a print queue is not a connection".to_owned(),
        )),
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
pub(super) fn time_left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(io::Error::new(ErrorKind::TimedOut, "it took too long"));
    }
    Ok(left)
}

pub(super) fn is_timeout(error: &io::Error) -> bool {
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
pub(super) fn send_all(
    mut rest: &[u8],
    mut piece: impl FnMut(&[u8]) -> io::Result<usize>,
) -> io::Result<()> {
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

/// A printer on USB. The driver ends each of its calls after five seconds, and gives what it reads packet by packet.
struct Usb {
    driver: NativeUsbDriver,
    received: VecDeque<u8>,
}

/// The largest packet of a bulk endpoint, bytes (USB 3.2, 8.12.1).
const USB_PACKET_BYTES: usize = 1024;

impl Transport for Usb {
    fn send(&mut self, bytes: &[u8], deadline: Instant) -> io::Result<()> {
        time_left(deadline)?;
        self.driver.write(bytes).map_err(io::Error::other)
    }

    fn receive(&mut self, deadline: Instant) -> io::Result<Option<u8>> {
        if self.received.is_empty() && time_left(deadline).is_ok() {
            let mut packet = [0; USB_PACKET_BYTES];
            // The driver does not tell silence from failure. A printer that is gone fails at the next send.
            let bytes = self.driver.read(&mut packet).unwrap_or(0);
            self.received
                .extend(packet.get(..bytes).unwrap_or_default());
        }
        Ok(self.received.pop_front())
    }

    fn receive_soon(&mut self, _: Duration) -> io::Result<Option<u8>> {
        Ok(self.received.pop_front())
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
