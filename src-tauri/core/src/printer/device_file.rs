//! A printer behind a device file: what the kernel's own driver makes of a printer on USB (`/dev/usb/lp0`) or on a
//! parallel port (`/dev/lp0`). It is opened so that no call waits, and each wait has its deadline.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;

use super::transport::{Transport, send_all, time_left};

pub(super) struct DeviceFile {
    file: File,
    /// Some drivers offer a printer that cannot answer for writing alone.
    can_read: bool,
}

impl DeviceFile {
    /// Opens it.
    ///
    /// # Errors
    /// Those of the system, and `InvalidInput` for anything but a character device: bytes written to a disk would
    /// destroy it.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let open = |can_read| {
            let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits());
            OpenOptions::new()
                .read(can_read)
                .write(true)
                .custom_flags(flags.unwrap_or_default())
                .open(path)
        };
        let (file, can_read) = match open(true) {
            Err(error) if error.kind() != ErrorKind::NotFound => (open(false)?, false),
            opened => (opened?, true),
        };
        if !file.metadata()?.file_type().is_char_device() {
            return Err(io::Error::new(
                ErrorKind::InvalidInput,
                "it is no printer's device file",
            ));
        }
        Ok(Self { file, can_read })
    }

    /// Waits until it can be read or written; `false` at the deadline.
    fn wait(&self, what: PollFlags, deadline: Instant) -> io::Result<bool> {
        let Ok(left) = time_left(deadline) else {
            return Ok(false);
        };
        let left = Timespec::try_from(left).map_err(io::Error::other)?;
        let mut waiting = [PollFd::new(&self.file, what)];
        Ok(poll(&mut waiting, Some(&left))? > 0)
    }
}

impl Transport for DeviceFile {
    fn send(&mut self, bytes: &[u8], deadline: Instant) -> io::Result<()> {
        send_all(bytes, |rest| {
            if !self.wait(PollFlags::OUT, deadline)? {
                return Err(ErrorKind::TimedOut.into());
            }
            match self.file.write(rest) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    Err(ErrorKind::Interrupted.into())
                }
                written => written,
            }
        })
    }

    fn receive(&mut self, deadline: Instant) -> io::Result<Option<u8>> {
        if !self.can_read || !self.wait(PollFlags::IN, deadline)? {
            return Ok(None);
        }
        let mut byte = [0];
        // A driver may refuse to read from a printer that cannot answer: it says nothing. One that is gone fails at
        // the next send.
        match self.file.read(&mut byte) {
            Ok(1) => Ok(Some(u8::from_be_bytes(byte))),
            Ok(_) | Err(_) => Ok(None),
        }
    }

    fn end(&mut self, _: Instant) -> io::Result<()> {
        Ok(())
    }
}
