//! The till's client and the practice gateway, face to face.

use std::collections::BTreeMap;
use std::time::Duration;

use ringup_core::clock::Clock;
use ringup_core::gateway::{
    ApiBase, Client, CreateError, CreateRequest, Created, InfoError, Timeouts,
};
use ringup_core::ids::InvoiceId;
use ringup_core::money::{Currency, Money};
use ringup_core::sale::Report;
use ringup_practice::{
    Act, Control, Endpoint, FalseBody, FaultRule, Options, PracticeGateway, StatusAct, Target,
};
use secrecy::SecretString;
use serde_json::Value;

/// The key that both sides know.
pub(crate) const KEY: &str = "key-of-the-tests";

pub(crate) fn key() -> SecretString {
    SecretString::from(KEY)
}

/// 12.50 EUR for a quarter of an hour, and nothing else.
pub(crate) fn order() -> CreateRequest {
    CreateRequest {
        amount: Money::from_minor(1250, Currency::Eur),
        lifetime_minutes: 15,
        payload: None,
        webhook: None,
        description: None,
        redirect_url: None,
    }
}

pub(crate) fn base_of(port: u16) -> ApiBase {
    ApiBase::parse(&format!("http://127.0.0.1:{port}/v1")).unwrap()
}

/// So short that a test can wait for it.
pub(crate) fn quick() -> Timeouts {
    Timeouts {
        connect: Duration::from_secs(2),
        whole_call: Duration::from_millis(250),
    }
}

/// The status with this body.
pub(crate) fn says(status: u16, body: &str) -> StatusAct {
    StatusAct {
        body: Some(FalseBody::Text(body.to_owned())),
        ..StatusAct::new(status)
    }
}

/// The answer with this body.
pub(crate) fn body(text: &str) -> Act {
    Act::Body(FalseBody::Text(text.to_owned()))
}

/// The answer with this field, named by a JSON pointer, set to something else.
pub(crate) fn set(pointer: &str, value: Value) -> Act {
    Act::Edit {
        set: [(pointer.to_owned(), value)].into(),
        remove: Vec::new(),
    }
}

/// The answer without these fields, named by JSON pointers.
pub(crate) fn without(pointers: &[&str]) -> Act {
    Act::Edit {
        set: [].into(),
        remove: pointers.iter().map(ToString::to_string).collect(),
    }
}

/// The answer byte by byte, so slowly that it is never whole in time.
pub(crate) fn drip() -> Act {
    Act::SlowBody {
        bytes: 1,
        every_ms: 50,
    }
}

/// A running gateway and a client that asks it.
pub(crate) struct Gateway {
    pub(crate) practice: PracticeGateway,
    pub(crate) control: Control,
    pub(crate) client: Client,
}

impl Gateway {
    pub(crate) async fn start() -> Self {
        Self::with(Options::default(), Timeouts::default(), Clock::system()).await
    }

    pub(crate) async fn with(options: Options, timeouts: Timeouts, clock: Clock) -> Self {
        let practice = ringup_practice::start(Options {
            key: Some(KEY.to_owned()),
            ..options
        })
        .await
        .unwrap();
        Self {
            control: practice.control(),
            client: Client::new(base_of(practice.port()), timeouts, clock).unwrap(),
            practice,
        }
    }

    /// The next call of this endpoint goes wrong.
    pub(crate) fn spoil(&self, endpoint: Target, act: Act) {
        self.control
            .add_fault(FaultRule::next(endpoint, act))
            .unwrap();
    }

    /// The next answer of this endpoint bears this header.
    pub(crate) fn spoil_header(&self, endpoint: Target, name: &str, value: &str) {
        let header = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        self.spoil(endpoint, Act::Headers(header));
    }

    /// Asks for an invoice, and sees to it that the gateway was asked once.
    pub(crate) async fn create(&self, request: &CreateRequest) -> Result<Created, CreateError> {
        let before = self.control.count(Endpoint::Create);
        let answer = self.client.create(&key(), request).await;
        assert_eq!(self.control.count(Endpoint::Create), before + 1, "once");
        answer
    }

    /// What becomes of a create that goes wrong like this.
    pub(crate) async fn create_fails(&self, act: Act) -> CreateError {
        let told = format!("{act:?}");
        self.spoil(Target::Create, act);
        self.create(&order()).await.expect_err(&told)
    }

    /// A new invoice.
    pub(crate) async fn invoice(&self) -> InvoiceId {
        self.create(&order()).await.unwrap().invoice_id
    }

    pub(crate) async fn info(&self, id: &InvoiceId) -> Result<Report, InfoError> {
        let before = self.control.count(Endpoint::Info);
        let answer = self.client.info(&key(), id).await;
        assert_eq!(self.control.count(Endpoint::Info), before + 1, "once");
        answer
    }

    /// What becomes of an info that goes wrong like this.
    pub(crate) async fn info_fails(&self, id: &InvoiceId, act: Act) -> InfoError {
        let told = format!("{act:?}");
        self.spoil(Target::Info, act);
        self.info(id).await.expect_err(&told)
    }
}
