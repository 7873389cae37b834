//! Which sections a till takes: a pure rule. A section is taken as a whole, because a list that is half the office's and
//! half the till's is nobody's: an item that was removed at one and changed at the other would need a person.

/// What becomes of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// The till takes what the office has.
    Take,
    /// It keeps what it has.
    Keep,
}

/// A section is taken when the office's differs from the one that the till took last. Then a change of the till's own stands,
/// where it is allowed, until that happens again; where it is not, the office's comes back.
///
/// `offered` and `taken` are digests; `own_differs`: the till has something else than the office's section would leave it
/// with.
pub(crate) fn decide(
    offered: &str,
    taken: Option<&str>,
    is_local: bool,
    own_differs: bool,
) -> Decision {
    let is_new = taken != Some(offered);
    match is_new || (own_differs && !is_local) {
        true => Decision::Take,
        false => Decision::Keep,
    }
}
