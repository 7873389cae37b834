//! The back office as the till knows it: entries are sent there after they are on the disk, and never waited for. The
//! office (the crate `ringup-office`) checks the chain by [`Batch::check`], stores the entries and answers with the head
//! that it now holds, signed: [`SignedHead`]. The till keeps that head beside its journal, so that an end that was cut
//! off and a chain that was written anew can be proved.
//!
//! What an office answers is data: it makes the till send, wait or say something, and changes no entry.

mod backoff;
mod base32;
mod batch;
mod client;
mod contact;
mod hash;
mod hook_secret;
mod kept_head;
mod news;
mod pairing;
mod pairing_code;
mod pinned;
mod profile;
mod public_address;
mod receipt_texts;
mod short_head;
mod signed_head;
mod till_report;

pub use backoff::{Backoff, Reply};
pub use batch::{Batch, BatchFault, ChainedEntry, MAX_BATCH_BYTES, MAX_BATCH_ENTRIES};
pub use client::{
    Client, HeldEntry, OfficeError, PairAnswer, PairRequest, Refusal, SETTINGS_HEADER, SecretToken,
    TokenAnswer,
};
pub use contact::{Contact, OfficeState, Trouble};
pub use hash::EntryHash;
pub use hook_secret::HookSecret;
pub use kept_head::{HeadFault, KeptHead, check_kept_head, kept_head_file};
pub(crate) use news::HintsHad;
pub use news::{Hint, LONGEST_HOLD, MOST_HINTS, NEWS_VERSION, News, hints_had};
pub use pairing::{Pairing, PairingError, office_file};
pub use pairing_code::{FINGERPRINT_BYTES, PairingCode, SECRET_BYTES, fingerprint_of};
pub(crate) use profile::KeptProfile;
pub use profile::OfficeProfile;
pub use public_address::{PublicAddress, PublicAddressError};
pub use receipt_texts::ReceiptTexts;
pub use short_head::ShortHead;
pub use signed_head::{PublicKey, SignedHead};
pub use till_report::{ReportedCopies, ReportedPrinter, TILL_REPORT, TillReport};
