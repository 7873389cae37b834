//! From the tap to the QR on the screen, as figures. Figures are printed, never asserted.

use crate::desktop::Desktop;
use crate::window::{Window, gateway};

const KEY: &str = "canary-key-4715";
const SALES: usize = 40;
/// The pace that the gateway publishes.
const SHOPS_PACE_MS: u32 = 5000;

#[tokio::test(flavor = "multi_thread")]
async fn tap_to_qr_in_figures() {
    let gateway = gateway(KEY).await;
    let desktop = Desktop::with_screen(1280, 800);
    let window = Window::open_with(desktop, &gateway.base_url(), &[], SHOPS_PACE_MS).await;
    window.first_run(KEY).await;
    let mut took_ms = Vec::new();
    for _ in 0..SALES {
        for key in ["key-1", "key-2", "key-5", "key-0"] {
            window.tap(key).await;
        }
        // From the tap itself to the frame after the one in which the whole picture is drawn.
        let ms = window
            .script_async(
                "const button = document.querySelector('[data-testid=charge]');
                 const began = performance.now();
                 button.click();
                 const look = () => {
                   const qr = document.querySelector('[data-testid=payment-qr]');
                   if (qr && qr.complete && qr.naturalWidth > 0) {
                     qr.decode().then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began))));
                   } else {
                     requestAnimationFrame(look);
                   }
                 };
                 look();",
            )
            .await;
        took_ms.push(ms.as_f64().expect("a time"));
        window.tap("payment-next").await;
        window.find("pad").await;
    }
    took_ms.sort_by(f64::total_cmp);
    let at = |percent: usize| took_ms[(took_ms.len() - 1) * percent / 100];
    let figures = format!(
        "tap to QR on screen, {SALES} sales, two durable commits each: \
         p50 {:.0} ms, p95 {:.0} ms, slowest {:.0} ms\n",
        at(50),
        at(95),
        at(100)
    );
    print!("{figures}");
    // The test run prints it at its end.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/figures");
    std::fs::create_dir_all(folder).expect("made");
    std::fs::write(format!("{folder}/tap-to-qr.txt"), figures).expect("kept");
}
