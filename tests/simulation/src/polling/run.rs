//! What a day was like for one way of asking.

/// A way of asking, gone through a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// When each call was sent, in order.
    pub calls_ms: Vec<u64>,
    /// How many of them were the cashier's own questions.
    pub cashiers: usize,
    /// For each customer, when the payment was known.
    pub paid_ms: Vec<Option<u64>>,
    /// For each customer: the sale was on screen when the money came.
    pub on_screen: Vec<bool>,
    /// For each customer: the till said aloud that the payment was late.
    pub announced_late: Vec<bool>,
    /// Sales open at the same time, at most.
    pub most_open: usize,
}

impl Run {
    /// A day of so many customers that has not begun.
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
        for (place, now_ms) in self.calls_ms.iter().enumerate() {
            while oldest
                .as_slice()
                .first()
                .is_some_and(|at_ms| at_ms + window_ms <= *now_ms)
            {
                oldest.next();
            }
            let before = self.calls_ms.len() - oldest.as_slice().len();
            most = most.max(place + 1 - before);
        }
        most
    }
}
