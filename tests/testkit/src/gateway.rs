//! The practice gateway as a test controls it, and the till's client that asks it.

use std::collections::BTreeMap;
use std::time::Duration;

use ringup_core::clock::Clock;
use ringup_core::gateway::{ApiBase, Client, CreateError, CreateRequest, InfoError, Timeouts};
use ringup_core::ids::InvoiceId;
use ringup_core::money::{Currency, Money};
use ringup_core::sale::{Invoice, Report};
use ringup_practice::{
    CallFault, Control, Endpoint, FalseBody, FaultRule, Options, PracticeGateway, StatusFault,
    Target,
};
use secrecy::SecretString;
use serde_json::Value;

/// The API key that the gateway accepts and the till sends.
pub const KEY: &str = "key-of-the-tests";

/// [`KEY`], as the till takes it.
pub fn key() -> SecretString {
    SecretString::from(KEY)
}

/// A practice gateway that accepts this key.
pub async fn start_gateway(key: &str) -> PracticeGateway {
    start_with(key, Options::default()).await
}

/// The same with other options; their key is replaced.
pub async fn start_with(key: &str, options: Options) -> PracticeGateway {
    let key = Some(key.to_owned());
    let started = ringup_practice::start(Options { key, ..options });
    started.await.unwrap()
}

/// A request for an invoice of 12.50 EUR and 15 minutes, without anything optional.
pub fn create_request() -> CreateRequest {
    CreateRequest {
        amount: Money::from_minor(1250, Currency::Eur),
        lifetime_minutes: 15,
        payload: None,
        webhook: None,
        description: None,
        redirect_url: None,
    }
}

/// The API base of a gateway on this port of this machine.
pub fn api_base(port: u16) -> ApiBase {
    ApiBase::parse(&format!("http://127.0.0.1:{port}/v1")).unwrap()
}

/// Time-outs so short that a test can wait for them.
pub fn short_timeouts() -> Timeouts {
    Timeouts {
        connect: Duration::from_secs(2),
        whole_call: Duration::from_millis(250),
    }
}

/// Answers with this HTTP status and body.
pub fn status_with_body(status: u16, body: &str) -> StatusFault {
    StatusFault {
        body: Some(FalseBody::Text(body.to_owned())),
        ..StatusFault::new(status)
    }
}

/// Answers with status 200 and this body.
pub fn answer_body(text: &str) -> CallFault {
    CallFault::Body(FalseBody::Text(text.to_owned()))
}

/// Changes one field of the answer, named by a JSON pointer.
pub fn set_field(pointer: &str, value: Value) -> CallFault {
    CallFault::Edit {
        set: [(pointer.to_owned(), value)].into(),
        remove: Vec::new(),
    }
}

/// Leaves these fields out of the answer, named by JSON pointers.
pub fn without_fields(pointers: &[&str]) -> CallFault {
    CallFault::Edit {
        set: [].into(),
        remove: pointers.iter().map(ToString::to_string).collect(),
    }
}

/// Sends the answer byte by byte, so slowly that it never arrives in time.
pub fn slow_body() -> CallFault {
    CallFault::SlowBody {
        bytes: 1,
        every_ms: 50,
    }
}

/// A running practice gateway and a client that asks it.
#[derive(Debug)]
pub struct Gateway {
    /// The gateway; it stops when it is dropped.
    pub practice: PracticeGateway,
    /// Its remote control.
    pub control: Control,
    /// The client.
    pub client: Client,
}

impl Gateway {
    /// A gateway with default options and a client with default time-outs.
    pub async fn start() -> Self {
        Self::with(Options::default(), Timeouts::default(), Clock::system()).await
    }

    /// A gateway with these options, and a client with these time-outs and this clock.
    pub async fn with(options: Options, timeouts: Timeouts, clock: Clock) -> Self {
        let practice = start_with(KEY, options).await;
        Self {
            control: practice.control(),
            client: Client::new(api_base(practice.port()), timeouts, clock).unwrap(),
            practice,
        }
    }

    /// Makes the next call of this endpoint fail so.
    pub fn fail_next(&self, endpoint: Target, act: CallFault) {
        self.control
            .add_fault(FaultRule::next(endpoint, act))
            .unwrap();
    }

    /// Adds a header to the next answer of this endpoint.
    pub fn add_header_to_next(&self, endpoint: Target, name: &str, value: &str) {
        let header = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        self.fail_next(endpoint, CallFault::Headers(header));
    }

    /// Asks for an invoice, and checks that the gateway received one call.
    ///
    /// # Errors
    /// The client's.
    pub async fn create(&self, request: &CreateRequest) -> Result<Invoice, CreateError> {
        let before = self.control.count(Endpoint::Create);
        let answer = self.client.create(&key(), request).await;
        assert_eq!(self.control.count(Endpoint::Create), before + 1, "one call");
        answer
    }

    /// The client's error when a create fails so.
    pub async fn create_fails(&self, act: CallFault) -> CreateError {
        let fault = format!("{act:?}");
        self.fail_next(Target::Create, act);
        self.create(&create_request()).await.expect_err(&fault)
    }

    /// Makes an invoice.
    pub async fn invoice(&self) -> InvoiceId {
        self.create(&create_request()).await.unwrap().id
    }

    /// Asks about an invoice, and checks that the gateway received one call.
    ///
    /// # Errors
    /// The client's.
    pub async fn info(&self, id: &InvoiceId) -> Result<Report, InfoError> {
        let before = self.control.count(Endpoint::Info);
        let answer = self.client.info(&key(), id).await;
        assert_eq!(self.control.count(Endpoint::Info), before + 1, "one call");
        answer
    }

    /// The client's error when an info fails so.
    pub async fn info_fails(&self, id: &InvoiceId, act: CallFault) -> InfoError {
        let fault = format!("{act:?}");
        self.fail_next(Target::Info, act);
        self.info(id).await.expect_err(&fault)
    }
}
