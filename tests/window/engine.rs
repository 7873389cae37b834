//! WebKit's processes are started with settings that save memory, also after a crash.

use ringup_testkit::{Desktop, open_till, start_gateway, wait_until};

const KEY: &str = "canary-key-4724";
const PAGE: &str = "WebKitWebProcess";

#[tokio::test(flavor = "multi_thread")]
async fn the_engine_spares_memory() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    let first = window.desktop.processes(PAGE);
    assert_eq!(told(&first), [true]);
    assert_eq!(window.desktop.kill(PAGE), 1);
    wait_until("another process shows the screen", || {
        let now = window.desktop.processes(PAGE);
        now != first && told(&now) == [true]
    });
}

/// For each process, whether it has all of these settings (docs/performance.md, *What was improved in the window*).
fn told(processes: &[String]) -> Vec<bool> {
    let of_one = |id: &String| {
        let variables = std::fs::read_to_string(format!("/proc/{id}/environ")).unwrap_or_default();
        let has = |told: &str| variables.split('\0').any(|variable| variable == told);
        has("JSC_useJIT=0") && has("MALLOC_MMAP_THRESHOLD_=131072")
    };
    processes.iter().map(of_one).collect()
}
