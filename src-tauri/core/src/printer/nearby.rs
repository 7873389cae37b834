//! The printers that a person may choose from when the settings ask how the printer is connected: what is on USB, what tells of
//! itself in the network (DNS-SD, RFC 6763), the queues of the system, serial ports and the kernel's printer devices. Nothing is
//! printed and nothing is opened. Whatever a device calls itself is data: shown, shortened, never obeyed.

use std::path::Path;
use std::time::{Duration, Instant};

use mdns_sd::{ResolvedService, ServiceDaemon, ServiceEvent};
use nusb::MaybeFuture as _;
use serde::Serialize;
use serial2::SerialPort;

use super::{PrinterLimits, PrinterPort, print_queue};
use crate::settings::PROPOSED_BAUD;

/// Printers that take raw bytes, as receipt printers do (Bonjour Printing Specification 1.2.1, 9.2).
const RAW_PRINTERS: &str = "_pdl-datastream._tcp.local.";
/// How long the network is listened to: a printer answers within a second, one that sleeps within two.
const LISTEN: Duration = Duration::from_millis(2500);
/// USB's class of printers (usb.org, *Defined Class Codes*).
const USB_PRINTER_CLASS: u8 = 7;
/// A name is shown on one line.
const MOST_NAME_CHARS: usize = 60;
/// Of each kind so many are shown.
const MOST_OF_A_KIND: usize = 20;

/// A printer, or a port at which one may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct NearbyPrinter {
    /// What it calls itself; where it has no name, its port's.
    pub name: String,
    /// How it is reached, as the settings take it.
    pub port: PrinterPort,
}

impl NearbyPrinter {
    /// `None` when the settings would not take its port.
    fn new(name: &str, port: PrinterPort) -> Option<Self> {
        let visible = name.chars().map(|c| if c.is_control() { ' ' } else { c });
        let short: String = visible.take(MOST_NAME_CHARS).collect();
        let name = match (short.trim(), &port) {
            ("", PrinterPort::Network { host, .. }) => host.clone(),
            ("", PrinterPort::Usb { vendor, product }) => format!("{vendor:04x}:{product:04x}"),
            ("", PrinterPort::Serial { path, .. } | PrinterPort::Device { path }) => path.clone(),
            ("", PrinterPort::Queue { name }) => name.clone(),
            (name, _) => name.to_owned(),
        };
        port.is_valid().then_some(Self { name, port })
    }
}

/// Looks for printers, which takes some three seconds. Those that are surely printers come first, ports at which anything may
/// be connected come last. A kind that cannot be looked for here has none.
pub(crate) async fn nearby_printers() -> Vec<NearbyPrinter> {
    let network = tokio::task::spawn_blocking(in_network);
    let others = tokio::task::spawn_blocking(|| {
        let queues = print_queue::names(PrinterLimits::default());
        (on_usb(), of_queues(&queues), device_files(), serial_ports())
    });
    let (network, others) = (network.await, others.await);
    let (usb, queues, devices, serial) = others.unwrap_or_default();
    let kinds = [usb, network.unwrap_or_default(), queues, devices, serial];
    let few = kinds.map(|kind| kind.into_iter().take(MOST_OF_A_KIND));
    few.into_iter().flatten().collect()
}

fn on_usb() -> Vec<NearbyPrinter> {
    let Ok(devices) = nusb::list_devices().wait() else {
        return Vec::new();
    };
    let printers = devices.filter(|device| {
        let mut interfaces = device.interfaces();
        interfaces.any(|interface| interface.class() == USB_PRINTER_CLASS)
    });
    printers
        .filter_map(|device| {
            let maker = device.manufacturer_string().unwrap_or_default();
            let model = device.product_string().unwrap_or_default();
            let (vendor, product) = (device.vendor_id(), device.product_id());
            NearbyPrinter::new(
                &format!("{maker} {model}"),
                PrinterPort::Usb { vendor, product },
            )
        })
        .collect()
}

fn in_network() -> Vec<NearbyPrinter> {
    let Ok(daemon) = ServiceDaemon::new() else {
        return Vec::new();
    };
    let mut printers: Vec<NearbyPrinter> = Vec::new();
    if let Ok(heard) = daemon.browse(RAW_PRINTERS) {
        let until = Instant::now() + LISTEN;
        while let Ok(event) = heard.recv_deadline(until) {
            if let ServiceEvent::ServiceResolved(service) = event
                && let Some(printer) = of_service(&service)
                && !printers.iter().any(|known| known.port == printer.port)
            {
                printers.push(printer);
            }
        }
    }
    if let Err(error) = daemon.shutdown() {
        tracing::debug!(%error, "the search for printers goes on");
    }
    printers.sort_by(|one, other| one.name.cmp(&other.name));
    printers
}

/// The address rather than the name: names of the local network are not known to every system.
fn of_service(service: &ResolvedService) -> Option<NearbyPrinter> {
    let address = service.get_addresses_v4().into_iter().min()?;
    let instance = service.get_fullname().strip_suffix(RAW_PRINTERS);
    let instance = instance.map(|name| name.trim_end_matches('.'));
    let model = service.get_property_val_str("ty");
    NearbyPrinter::new(
        model.or(instance).unwrap_or_default(),
        PrinterPort::Network {
            host: address.to_string(),
            port: service.get_port(),
        },
    )
}

fn of_queues(names: &[String]) -> Vec<NearbyPrinter> {
    let queues = names.iter().map(|name| {
        let name = name.clone();
        NearbyPrinter::new("", PrinterPort::Queue { name })
    });
    queues.flatten().collect()
}

fn device_files() -> Vec<NearbyPrinter> {
    let folders = ["/dev/usb", "/dev"].map(Path::new);
    let files = folders.iter().filter_map(|folder| folder.read_dir().ok());
    let paths = files.flatten().flatten().map(|file| file.path());
    let mut devices: Vec<NearbyPrinter> = paths
        .filter_map(|path| {
            let path = path.to_str()?.to_owned();
            NearbyPrinter::new("", PrinterPort::Device { path })
        })
        .collect();
    devices.sort_by(|one, other| one.name.cmp(&other.name));
    devices
}

fn serial_ports() -> Vec<NearbyPrinter> {
    let mut paths = SerialPort::available_ports().unwrap_or_default();
    paths.sort();
    let ports = paths.iter().filter_map(|path| {
        let path = path.to_str()?.to_owned();
        let baud = PROPOSED_BAUD;
        NearbyPrinter::new("", PrinterPort::Serial { path, baud })
    });
    ports.collect()
}

#[cfg(test)]
mod tests {
    use mdns_sd::ServiceInfo;
    use proptest::prelude::*;

    use super::*;

    fn service(instance: &str, properties: &[(&str, &str)]) -> ResolvedService {
        let host = "printer.local.";
        let made = ServiceInfo::new(
            RAW_PRINTERS,
            instance,
            host,
            "192.168.1.20",
            9100,
            properties,
        );
        made.unwrap().as_resolved_service()
    }

    #[test]
    fn a_printer_in_the_network_is_offered_by_its_model_and_address() {
        let model = [
            ("ty", "EPSON TM-m30II"),
            ("pdl", "application/octet-stream"),
        ];
        let printer = of_service(&service("Bar", &model)).unwrap();
        let port = PrinterPort::Network {
            host: "192.168.1.20".to_owned(),
            port: 9100,
        };
        assert_eq!(printer.name, "EPSON TM-m30II");
        assert_eq!(printer.port, port);
        assert_eq!(of_service(&service("Bar", &[])).unwrap().name, "Bar");
    }

    #[test]
    fn a_real_responder_in_the_network_is_heard() {
        let responder = ServiceDaemon::new().unwrap();
        let port = 9100;
        let info = ServiceInfo::new(
            RAW_PRINTERS,
            "Ringup test",
            "ringup-test.local.",
            "127.0.0.1",
            port,
            &[("ty", "A printer\u{7} that is tried")][..],
        );
        responder.register(info.unwrap()).unwrap();
        let heard = in_network();
        responder.shutdown().unwrap();
        let names: Vec<&str> = heard.iter().map(|it| it.name.as_str()).collect();
        assert!(names.contains(&"A printer  that is tried"), "{heard:?}");
    }

    #[test]
    fn queues_are_offered_by_their_names_and_what_is_no_queue_is_not() {
        let names = ["Bar", "-o raw", "a b", "Küche"].map(str::to_owned);
        let offered: Vec<String> = of_queues(&names).into_iter().map(|it| it.name).collect();
        assert_eq!(offered, ["Bar", "Küche"]);
    }

    proptest! {
        #[test]
        fn whatever_a_device_calls_itself_is_one_short_line_and_its_port_can_be_set(
            name in any::<String>(), host in any::<String>(), port in any::<u16>(),
        ) {
            let port = PrinterPort::Network { host, port };
            if let Some(printer) = NearbyPrinter::new(&name, port) {
                prop_assert!(!printer.name.trim().is_empty());
                prop_assert!(printer.name.chars().count() <= 255);
                prop_assert!(!printer.name.chars().any(char::is_control));
                prop_assert!(printer.port.is_valid());
            }
        }
    }
}
