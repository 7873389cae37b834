//! What happened in a day, for one way of polling.

/// What happened in a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// When each call was sent, in order.
    pub calls_ms: Vec<u64>,
    /// How many of them a cashier asked for.
    pub cashiers: usize,
    /// For each customer, when the payment was known.
    pub paid_ms: Vec<Option<u64>>,
    /// For each customer, whether the sale was on screen when the payment was known.
    pub on_screen: Vec<bool>,
    /// For each customer, whether the till announced that the payment was late.
    pub announced_late: Vec<bool>,
    /// The most sales that were open at the same time.
    pub most_open: usize,
}

impl Run {
    /// A day of this many customers that has not begun.
    pub fn of(customers: usize) -> Self {
        Self {
            paid_ms: vec![None; customers],
            on_screen: vec![false; customers],
            announced_late: vec![false; customers],
            ..Self::default()
        }
    }

    /// The most calls in any window of this length.
    pub fn busiest(&self, window_ms: u64) -> usize {
        let mut oldest = self.calls_ms.iter();
        let mut most = 0;
        for (index, now_ms) in self.calls_ms.iter().enumerate() {
            while oldest
                .as_slice()
                .first()
                .is_some_and(|at_ms| at_ms + window_ms <= *now_ms)
            {
                oldest.next();
            }
            let before = self.calls_ms.len() - oldest.as_slice().len();
            most = most.max(index + 1 - before);
        }
        most
    }
}
