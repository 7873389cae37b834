//! The address of the receipt printer: in the network, on USB, on a serial port, a device file or a print queue. It is a setting, and what
//! the shop types must not reach any other file or service than a printer's.

use serde::{Deserialize, Serialize};

use crate::error::FieldErrors;

/// The speeds of serial printers, bits per second.
pub(super) const BAUDS: [u32; 6] = [9_600, 19_200, 38_400, 57_600, 115_200, 230_400];
/// Proposed for a serial printer: the speed that most are delivered with.
pub(crate) const PROPOSED_BAUD: u32 = 9_600;
/// Proposed for a printer in the network: the port that receipt printers listen on.
pub(super) const PROPOSED_PORT: u16 = 9_100;
/// Longest name of a host, bytes (RFC 1035, 2.3.4).
const MAX_HOST_BYTES: usize = 255;
/// Longest name of a queue, bytes (CUPS: lpadmin(8)).
const MAX_QUEUE_BYTES: usize = 127;

/// The address of a printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[ts(export)]
pub enum PrinterPort {
    /// In the network; the port is 9100 as a rule.
    Network {
        /// Its name or IP address.
        host: String,
        /// Its TCP port.
        port: u16,
    },
    /// On USB.
    Usb {
        /// The maker's number, not 0.
        vendor: u16,
        /// The model's number, not 0.
        product: u16,
    },
    /// On a serial port.
    Serial {
        /// `/dev/ttyUSB0`, `COM3`.
        path: String,
        /// Bits per second.
        baud: u32,
    },
    /// A device file of the kernel's printer driver.
    Device {
        /// `/dev/usb/lp0`, `/dev/lp0`.
        path: String,
    },
    /// A queue of CUPS.
    Queue {
        /// Its name.
        name: String,
    },
}

impl PrinterPort {
    /// An address of this kind (`network`, `usb`, `serial`) in which nothing is wrong.
    pub(super) fn valid_example(kind: &str) -> Option<Self> {
        match kind {
            "network" => Some(Self::Network {
                host: "printer".to_owned(),
                port: PROPOSED_PORT,
            }),
            "usb" => Some(Self::Usb {
                vendor: 1,
                product: 1,
            }),
            "serial" => Some(Self::Serial {
                path: "/dev/ttyS0".to_owned(),
                baud: PROPOSED_BAUD,
            }),
            _ => None,
        }
    }

    /// Whether the settings take it.
    pub(crate) fn is_valid(&self) -> bool {
        let mut errors = FieldErrors::default();
        self.validate(&mut errors);
        errors.into_vec().is_empty()
    }

    pub(super) fn validate(&self, errors: &mut FieldErrors) {
        match self {
            Self::Network { host, port } => {
                errors.require(
                    is_host(host),
                    "printing.printer.host",
                    "must be a host's name or address alone",
                );
                errors.require(*port != 0, "printing.printer.port", "must be 1 to 65535");
            }
            Self::Usb { vendor, product } => {
                let problem = "must be four hexadecimal digits, not all zero";
                errors.require(*vendor != 0, "printing.printer.vendor", problem);
                errors.require(*product != 0, "printing.printer.product", problem);
            }
            Self::Serial { path, baud } => {
                errors.require(
                    is_serial_port(path),
                    "printing.printer.path",
                    "must be a serial port: /dev/… or COM…",
                );
                errors.require(
                    BAUDS.contains(baud),
                    "printing.printer.baud",
                    "must be 9600, 19200, 38400, 57600, 115200 or 230400",
                );
            }
            Self::Device { path } => {
                errors.require(
                    is_printer_device(path),
                    "printing.printer.path",
                    "must be a printer's device file: /dev/usb/lp0, /dev/lp0",
                );
            }
            Self::Queue { name } => {
                errors.require(
                    is_queue_name(name),
                    "printing.printer.name",
                    "must be the name of a print queue",
                );
            }
        }
    }

    pub(super) fn normalise(&mut self) {
        match self {
            Self::Network { host: text, .. }
            | Self::Serial { path: text, .. }
            | Self::Device { path: text }
            | Self::Queue { name: text } => {
                *text = text.trim().to_owned();
            }
            Self::Usb { .. } => {}
        }
    }
}

fn is_host(text: &str) -> bool {
    (1..=MAX_HOST_BYTES).contains(&text.len())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':'))
}

/// Only the names that the kernel gives to printers: under /dev there are disks too.
fn is_printer_device(path: &str) -> bool {
    let number = ["/dev/usb/lp", "/dev/usblp", "/dev/lp"]
        .iter()
        .find_map(|prefix| path.strip_prefix(prefix));
    number.is_some_and(|number| {
        (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// CUPS: any printable characters but spaces, slashes and `#`. Those that its commands or a shell read otherwise are
/// refused too.
fn is_queue_name(name: &str) -> bool {
    (1..=MAX_QUEUE_BYTES).contains(&name.len())
        && !name.starts_with('-')
        && name
            .chars()
            .all(|c| !c.is_control() && !c.is_whitespace() && !"/#@?'\"\\<>|&;,".contains(c))
}

fn is_serial_port(path: &str) -> bool {
    let windows = path
        .strip_prefix("COM")
        .is_some_and(|number| number.parse::<u16>().is_ok());
    windows || (path.starts_with("/dev/") && !path.contains(".."))
}

impl std::fmt::Display for PrinterPort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Network { host, port } => write!(f, "{host}:{port}"),
            Self::Usb { vendor, product } => write!(f, "USB {vendor:04x}:{product:04x}"),
            Self::Serial { path, .. } | Self::Device { path } => f.write_str(path),
            Self::Queue { name } => write!(f, "queue {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong_field(port: &PrinterPort) -> Option<&'static str> {
        let mut errors = FieldErrors::default();
        port.validate(&mut errors);
        errors.into_result(()).err().map(|errors| errors[0].field)
    }

    #[test]
    fn only_what_can_be_a_printer_is_accepted() {
        let network = |host: &str, port| PrinterPort::Network {
            host: host.to_owned(),
            port,
        };
        let serial = |path: &str, baud| PrinterPort::Serial {
            path: path.to_owned(),
            baud,
        };
        let usb = |vendor, product| PrinterPort::Usb { vendor, product };
        let device = |path: &str| PrinterPort::Device {
            path: path.to_owned(),
        };
        let queue = |name: &str| PrinterPort::Queue {
            name: name.to_owned(),
        };
        for valid in [
            network("192.168.1.50", 9100),
            network("printer.lan", 9100),
            network("fe80::1", 9100),
            serial("/dev/ttyUSB0", 9_600),
            serial("COM3", 115_200),
            usb(0x04b8, 0x0e28),
            device("/dev/usb/lp0"),
            device("/dev/lp12"),
            queue("TM-T20III"),
            queue("Кухня_2"),
        ] {
            assert_eq!(wrong_field(&valid), None, "{valid}");
        }
        for (wrong, field) in [
            (network("", 9100), "printing.printer.host"),
            (network("http://printer/", 9100), "printing.printer.host"),
            (network("printer", 0), "printing.printer.port"),
            (usb(0, 1), "printing.printer.vendor"),
            (usb(1, 0), "printing.printer.product"),
            (serial("/etc/passwd", 9_600), "printing.printer.path"),
            (serial("/dev/../etc/passwd", 9_600), "printing.printer.path"),
            (serial("COM", 9_600), "printing.printer.path"),
            (serial("/dev/ttyS0", 1), "printing.printer.baud"),
            (device("/dev/sda"), "printing.printer.path"),
            (device("/dev/usb/lp"), "printing.printer.path"),
            (device("/dev/usb/lp0/../../sda"), "printing.printer.path"),
            (device("/dev/lp0a"), "printing.printer.path"),
            (queue(""), "printing.printer.name"),
            (queue("-o"), "printing.printer.name"),
            (queue("two words"), "printing.printer.name"),
            (queue("q/instance"), "printing.printer.name"),
            (queue("q@elsewhere"), "printing.printer.name"),
            (queue(&"q".repeat(128)), "printing.printer.name"),
        ] {
            assert_eq!(wrong_field(&wrong), Some(field), "{wrong}");
        }
    }
}
