//! Where a printer is.

use serde::{Deserialize, Serialize};

use crate::gateway::FieldError;

/// Speeds that serial printers have.
const BAUDS: [u32; 6] = [9_600, 19_200, 38_400, 57_600, 115_200, 230_400];
/// The longest name of a host (RFC 1035, 2.3.4).
const LONGEST_HOST: usize = 255;

/// Where a printer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[ts(export)]
pub enum PrinterPort {
    /// In the network, raw (port 9100 as a rule).
    Network {
        /// Name or address.
        host: String,
        /// TCP port.
        port: u16,
    },
    /// On USB.
    Usb {
        /// The maker's number.
        vendor: u16,
        /// The model's number.
        product: u16,
    },
    /// On a serial port.
    Serial {
        /// `/dev/ttyUSB0`, `COM3`.
        path: String,
        /// Bits a second.
        baud: u32,
    },
}

impl PrinterPort {
    pub(crate) fn problem(&self) -> Option<FieldError> {
        let wrong = |field, problem| Some(FieldError { field, problem });
        match self {
            Self::Network { host, port } => {
                let named = !host.is_empty()
                    && host.len() <= LONGEST_HOST
                    && host
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':'));
                if !named {
                    return wrong("printing.host", "must be a host's name or address alone");
                }
                (*port == 0).then_some(FieldError {
                    field: "printing.port",
                    problem: "must be 1 at least",
                })
            }
            Self::Usb { .. } => None,
            Self::Serial { path, baud } => {
                let windows = path
                    .strip_prefix("COM")
                    .is_some_and(|number| number.parse::<u16>().is_ok());
                let unix = path.starts_with("/dev/") && !path.contains("..");
                if !(windows || unix) {
                    return wrong("printing.path", "must be a serial port: /dev/… or COM…");
                }
                (!BAUDS.contains(baud)).then_some(FieldError {
                    field: "printing.baud",
                    problem: "must be 9600, 19200, 38400, 57600, 115200 or 230400",
                })
            }
        }
    }
}

impl std::fmt::Display for PrinterPort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Network { host, port } => write!(f, "{host}:{port}"),
            Self::Usb { vendor, product } => write!(f, "USB {vendor:04x}:{product:04x}"),
            Self::Serial { path, .. } => f.write_str(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_printer_is_taken() {
        let network = |host: &str, port| PrinterPort::Network {
            host: host.to_owned(),
            port,
        };
        let serial = |path: &str, baud| PrinterPort::Serial {
            path: path.to_owned(),
            baud,
        };
        let usb = PrinterPort::Usb {
            vendor: 0x04b8,
            product: 0x0e28,
        };
        for well in [
            network("192.168.1.50", 9100),
            network("printer.lan", 9100),
            network("fe80::1", 9100),
            serial("/dev/ttyUSB0", 9_600),
            serial("COM3", 115_200),
            usb,
        ] {
            assert_eq!(well.problem(), None, "{well}");
        }
        for (ill, field) in [
            (network("", 9100), "printing.host"),
            (network("http://printer/", 9100), "printing.host"),
            (network("printer", 0), "printing.port"),
            (serial("/etc/passwd", 9_600), "printing.path"),
            (serial("/dev/../etc/passwd", 9_600), "printing.path"),
            (serial("COM", 9_600), "printing.path"),
            (serial("/dev/ttyS0", 1), "printing.baud"),
        ] {
            assert_eq!(ill.problem().map(|error| error.field), Some(field), "{ill}");
        }
    }
}
