//! The tables of word to the owner, and of what tills say of themselves.

/// Numbers are BIGINT, moments are milliseconds since 1970-01-01 UTC.
pub(super) const TABLES: &[&str] = &[
    // Where word goes. `events` is JSON: since when each kind of event is wanted; what came before is not told. A webhook's
    // secret is nowhere: it is made of the office's key, the id and `generation`.
    "CREATE TABLE word_address (
        id TEXT PRIMARY KEY, way TEXT NOT NULL, target TEXT NOT NULL, language TEXT NOT NULL, events TEXT NOT NULL,
        generation BIGINT NOT NULL, made_at BIGINT NOT NULL)",
    // What has happened, once for each cause: an entry by its hash, a silence by its beginning, a decision by its number.
    // Written in the transaction that found it; kept until nobody can find it anew.
    "CREATE TABLE word (
        till TEXT NOT NULL, what TEXT NOT NULL, cause TEXT NOT NULL, event TEXT NOT NULL, at BIGINT NOT NULL,
        told_at BIGINT NOT NULL, PRIMARY KEY (till, what, cause))",
    // Each message to each address. `id` is the message's, and stays the same however often it is sent. Whoever sends it
    // holds the lease until then; an end that was not written down is known by a lease that is over.
    "CREATE TABLE delivery (
        id TEXT PRIMARY KEY, address TEXT NOT NULL, target TEXT NOT NULL, till TEXT NOT NULL, event TEXT NOT NULL,
        at BIGINT NOT NULL, made_at BIGINT NOT NULL, state TEXT NOT NULL, tries BIGINT NOT NULL, next_at BIGINT NOT NULL,
        lease TEXT, lease_until BIGINT NOT NULL, answer TEXT NOT NULL, answered_at BIGINT)",
    "CREATE INDEX delivery_due ON delivery (address, next_at, id) WHERE state = 'waiting'",
    "CREATE INDEX delivery_made ON delivery (made_at, id)",
    // When a till was heard of last, and what it said of itself then: JSON.
    "CREATE TABLE till_contact (till TEXT PRIMARY KEY, seen_at BIGINT NOT NULL, said TEXT NOT NULL)",
];
