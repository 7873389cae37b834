//! The market stall: its till, its customers, its printer and its pencil. A step does on the screen what a cashier does,
//! and notes it.

use ringup_practice::{CallFault, Control, FaultRule, Target};
use ringup_testkit::{TIMEOUT, Window};

use super::pencil::{Goods, Pencil, rounding};

/// What the pencil calls the voucher.
pub(super) const VOUCHER: &str = "own:voucher";
const ITEMS: [(&str, i64, i64); 6] = [
    ("item-1", 350, 1900),
    ("item-2", 420, 700),
    ("item-3", 390, 1900),
    ("item-5", 320, 1900),
    ("item-7", 540, 700),
    ("item-8", 250, 700),
];

/// Chance that comes again with the same seed (splitmix64).
#[derive(Debug)]
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// A number from 0 on, below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).expect("small")
    }

    /// Puts a list into another order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }
}

/// A sale that is over, for those who come back with it.
#[derive(Debug, Clone)]
pub(super) struct Sold {
    pub(super) number: u32,
    pub(super) minor: i64,
    pub(super) goods: Goods,
    /// What it was paid by, or what was the matter with it.
    pub(super) tender: &'static str,
}

pub(super) struct Stall {
    pub(super) window: Window,
    pub(super) customer: Control,
    pub(super) pencil: Pencil,
    pub(super) chance: Chance,
    /// Who is at the till.
    pub(super) at: &'static str,
    /// Pulses that the drawer must have got.
    pub(super) pulses: usize,
    pub(super) sold: Vec<Sold>,
    /// A code that its customer pays later: its invoice, its amount, and what it is for.
    pub(super) later: Option<(String, i64, Goods)>,
}

impl Stall {
    pub(super) fn new(window: Window, customer: Control, chance: Chance) -> Self {
        Self {
            window,
            customer,
            pencil: Pencil::default(),
            chance,
            at: "nobody",
            pulses: 0,
            sold: Vec::new(),
            later: None,
        }
    }

    /// The cashier who is not at the till.
    pub(super) fn other(&self) -> &'static str {
        if self.at == "Carl" { "Susi" } else { "Carl" }
    }

    /// The float in the morning.
    pub(super) async fn float(&mut self, minor: i64) {
        self.window.tap("nav-day").await;
        self.window.tap("drawer-float").await;
        self.window.fill("count-sum", &plain(minor)).await;
        self.window.tap_each(&["count-save", "count-done"]).await;
        self.window.tap_to("nav-pad", "pad").await;
        self.pencil.add("drawer start", minor);
    }

    /// Touches a name and types the PIN; those who lend an act do the same.
    async fn prove(&self, name: &str, pin: &str) {
        self.window.find("sign-on").await;
        self.window
            .script(&format!(
                "[...document.querySelectorAll('[data-testid=sign-on-name]')]
                   .find((button) => button.textContent.trim() === '{name}').click()"
            ))
            .await;
        for digit in pin.chars() {
            self.window.tap(&format!("lock-key-{digit}")).await;
        }
        self.window.tap("lock-open").await;
        self.window.wait_until_gone("lock").await;
    }

    /// Another cashier comes to the till, whatever is on its screen.
    pub(super) async fn hands_over_to(&mut self, name: &'static str) {
        self.window.tap("cashier-now").await;
        self.prove(name, super::pin_of(name)).await;
        self.window.wait_for_text("cashier-now", name).await;
        self.at = name;
    }

    /// Carl may not do it: the supervisor lends it, and he stays at the till.
    pub(super) async fn is_lent(&self) {
        if self.at != "Susi" {
            self.prove("Susi", super::pin_of("Susi")).await;
            self.window.wait_for_text("cashier-now", self.at).await;
        }
    }

    async fn type_minor(&self, keys: &str, minor: i64) {
        for digit in minor.to_string().chars() {
            self.window.tap(&format!("{keys}-{digit}")).await;
        }
    }

    /// Puts something on the pad: an amount, or some items.
    pub(super) async fn ring_up(&mut self) -> (i64, Goods) {
        let mut goods = Goods::new();
        if self.chance.below(3) > 0 {
            let minor = 600 + i64::try_from(self.chance.below(3_400)).expect("small");
            self.type_minor("key", minor).await;
            goods.insert(1900, minor);
        } else {
            for _ in 0..2 + self.chance.below(2) {
                let (id, minor, rate) = ITEMS[self.chance.below(ITEMS.len())];
                self.window.tap(id).await;
                *goods.entry(rate).or_default() += minor;
            }
        }
        (goods.values().sum(), goods)
    }

    /// The sale is paid: the pencil notes what was sold, and the next customer comes.
    pub(super) async fn paid(&mut self, minor: i64, goods: &Goods, tender: &'static str) {
        self.window.find("paid").await;
        let number = self.window.attribute("paid", "data-number").await;
        let number = number.parse().expect("a number");
        self.window.tap_to("paid-done", "pad").await;
        self.pencil.sells(goods);
        let goods = goods.clone();
        self.sold.push(Sold {
            number,
            minor,
            goods,
            tender,
        });
    }

    /// What is left is paid in cash: exactly, by a note, or by what is typed.
    pub(super) async fn cash(&mut self, minor: i64, how: usize) {
        let due = minor + rounding(minor);
        self.window.tap("pay-cash").await;
        let given = match how {
            0 => due,
            1 => (due + 999) / 1_000 * 1_000,
            _ => due + 300,
        };
        match how {
            _ if given == due => self.window.tap("cash-exact").await,
            1 => self.note(given).await,
            _ => {
                self.type_minor("typed", given).await;
                self.window.tap("tender-take").await;
            }
        }
        self.pencil.takes_last_cash(self.at, minor);
        self.pulses += 1;
        self.window.find("paid").await;
        if given > due {
            self.window
                .wait_for_text("paid-change", &euros(given - due))
                .await;
        }
    }

    /// A note that the till suggests, or one that the cashier types.
    async fn note(&self, given: i64) {
        self.window.find("cash-exact").await;
        let suggested = format!("cash-given'][data-minor='{given}");
        if self.window.has(&suggested).await {
            self.window.tap(&suggested).await;
        } else {
            self.type_minor("typed", given).await;
            self.window.tap("tender-take").await;
        }
    }

    /// All that is left is paid by a tender of which nothing is given back.
    pub(super) async fn tender(&mut self, tender: &'static str, minor: i64) {
        self.window.tap(button(tender)).await;
        self.window.tap("tender-take").await;
        self.pencil.takes(self.at, tender, minor);
    }

    /// A part is paid; what is left stands on the screen.
    pub(super) async fn part(&mut self, tender: &'static str, part: i64, left: i64) {
        self.window.tap(button(tender)).await;
        self.type_minor("typed", part).await;
        self.window.wait_for_text("tender-rest", &euros(left)).await;
        self.window.find("tender-rest-ways").await;
        self.window.tap("tender-take").await;
        self.window.wait_for_state("payment", "part_paid").await;
        self.window
            .wait_for_text("payment-amount", &euros(left))
            .await;
        self.pencil.takes(self.at, tender, part);
        self.pulses += usize::from(tender == "cash");
    }

    /// A code for what is left; returns its invoice.
    pub(super) async fn code(&self, left: i64) -> String {
        self.window.tap("charge").await;
        self.window.wait_for_state("payment", "awaiting").await;
        let newest = self.customer.invoices().pop().expect("an invoice");
        assert_eq!(i64::try_from(newest.request.amount.minor()), Ok(left));
        newest.id
    }

    /// A customer pays a code.
    pub(super) fn pay(&mut self, invoice: &str, minor: i64) {
        self.customer
            .choose_coin(invoice, "USDT", "TRC20")
            .expect("chosen");
        self.customer.pay(invoice).expect("paid");
        self.pencil.takes(self.at, "crypto", minor);
    }

    /// An alarm rings, is read and put away.
    pub(super) async fn rings(&self, kind: &str) {
        self.window.wait_for_alarm(kind).await;
        self.window.tap("alarm-dismiss").await;
        self.window.wait_until_gone("alarm").await;
    }

    /// Looks a sale up in the book by its number, and opens it.
    pub(super) async fn look_up(&self, number: u32) {
        self.window.tap("nav-sales").await;
        self.window
            .fill("sales-search", &format!("A-{number:06}"))
            .await;
        let found = "return [...document.querySelectorAll('[data-testid=sale-row]')].map((row) => row.dataset.number)";
        let began = std::time::Instant::now();
        while self.window.script(found).await != serde_json::json!([number.to_string()]) {
            assert!(began.elapsed() < TIMEOUT, "{number} is not found alone");
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        self.window.tap_to("sale-row", "sale-detail").await;
    }

    /// Gives a part of a sale back, or all of it.
    pub(super) async fn refund(&mut self, sold: &Sold, way: &str, minor: i64, goods: &Goods) {
        self.look_up(sold.number).await;
        self.window.tap("sale-refund").await;
        self.window.fill("refund-amount", &plain(minor)).await;
        self.window
            .tap(&format!("refund-way-{}", way.replace(':', "-")))
            .await;
        self.window.fill("refund-reason", "Came back").await;
        self.window.tap("refund-save").await;
        self.is_lent().await;
        self.window.wait_until_gone("refund").await;
        self.window.find("sale-refund-row").await;
        self.window.tap_to("nav-pad", "pad").await;
        self.pencil.refunds(self.at, way, minor, goods);
        self.pulses += usize::from(way == "cash");
    }

    /// Moves cash without a sale.
    pub(super) async fn move_cash(&mut self, way: &str, minor: i64) {
        self.window.tap("nav-day").await;
        self.window.tap(&format!("drawer-{way}")).await;
        self.window.fill("move-cash-amount", &plain(minor)).await;
        self.window.fill("move-cash-reason", "As every day").await;
        self.window.tap("move-cash-save").await;
        self.is_lent().await;
        self.window.wait_until_gone("move-cash").await;
        self.window.tap_to("nav-pad", "pad").await;
        self.pencil.add(&format!("drawer {way}"), minor);
        self.pulses += 1;
    }

    /// Puts items on the pad and holds them under a name.
    pub(super) async fn hold(&self, label: &str, items: &[&str]) {
        self.window.tap_each(items).await;
        self.window.tap("cart-hold").await;
        self.window.fill("hold-label", label).await;
        self.window.tap("hold-save").await;
        self.window.wait_until_gone("hold").await;
    }

    pub(super) async fn take_up(&self, label: &str) {
        self.window.tap_one("held-cart", "data-label", label).await;
        self.window.wait_for_text("cart-of", label).await;
    }

    /// The network goes, or comes again. Nobody types of it: a code of before is still asked about.
    pub(super) async fn network(&self, there: bool) {
        if there {
            self.customer.clear_faults();
            self.window.wait_until_gone("pad-network").await;
            return;
        }
        let gone = FaultRule {
            times: None,
            ..FaultRule::next(Target::Any, CallFault::ResetBeforeWork)
        };
        self.customer.add_fault(gone).expect("added");
        self.window.find("pad-network").await;
        self.window.find("crypto-trouble").await;
    }
}

fn button(tender: &str) -> &'static str {
    match tender {
        "cash" => "pay-cash",
        "card" => "pay-card",
        _ => "pay-own-voucher",
    }
}

/// As a field takes it: `12.50`.
fn plain(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// As the screen shows it: `€12.50`.
pub(super) fn euros(minor: i64) -> String {
    format!("€{}", plain(minor))
}
