//! The arguments of a call: JSON from a page, which may be anything.

use secrecy::SecretString;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use tauri::ipc::{Channel, InvokeBody, JavaScriptChannelId};

use super::{Answer, Context, internal};

/// The arguments of a call that have not been taken yet.
pub(super) struct Arguments(Map<String, Value>);

impl Arguments {
    /// What a page sent with its call. Whatever is not a JSON object holds no arguments.
    pub(super) fn new(body: InvokeBody) -> Self {
        match body {
            InvokeBody::Json(Value::Object(arguments)) => Self(arguments),
            InvokeBody::Json(_) | InvokeBody::Raw(_) => Self(Map::new()),
        }
    }

    /// Those that are left, to tell this call from every other.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&self.0).unwrap_or_default()
    }

    /// Takes an argument. One that is missing counts as `null`, as an `Option` may be left out.
    ///
    /// # Errors
    /// `internal` when it is not of this type: the page and the program do not agree, which the shop cannot mend.
    pub(super) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Answer<T> {
        let value = self.0.remove(name).unwrap_or_default();
        serde_json::from_value(value)
            .map_err(|error| internal(format!("argument `{name}`: {error}")))
    }
}

/// The API key or a PIN. A value of another type is not repeated in the error.
pub(super) struct Secret(pub(super) SecretString);

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = SecretString::deserialize(deserializer);
        text.map(Self).or(Err(D::Error::custom("it is not text")))
    }
}

/// A function of the page that is called with each message; in TypeScript an argument `(message: T) => void`.
pub(super) struct Listener<T> {
    channel: JavaScriptChannelId,
    message: std::marker::PhantomData<fn(T)>,
}

impl<T> Listener<T> {
    /// The channel to the page that called.
    ///
    /// # Errors
    /// `internal` when its window has gone.
    pub(super) fn connect(&self, cx: &Context) -> Answer<Channel<T>> {
        let window: &tauri::Webview = cx.window()?.as_ref();
        Ok(self.channel.channel_on(window.clone()))
    }
}

impl<'de, T> Deserialize<'de> for Listener<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self {
            channel: JavaScriptChannelId::deserialize(deserializer)?,
            message: std::marker::PhantomData,
        })
    }
}

/// In TypeScript a secret is a `string`, a listener a function.
mod typescript {
    use ts_rs::{Config, TS, TypeVisitor};

    use super::{Listener, Secret};

    impl TS for Secret {
        type WithoutGenerics = Self;
        type OptionInnerType = Self;

        fn name(_: &Config) -> String {
            "string".to_owned()
        }

        fn inline(config: &Config) -> String {
            Self::name(config)
        }
    }

    impl<T: TS> TS for Listener<T> {
        type WithoutGenerics = Self;
        type OptionInnerType = Self;

        fn name(config: &Config) -> String {
            format!("(message: {}) => void", T::name(config))
        }

        fn inline(config: &Config) -> String {
            Self::name(config)
        }

        fn visit_generics(visitor: &mut impl TypeVisitor)
        where
            Self: 'static,
        {
            visitor.visit::<T>();
            T::visit_generics(visitor);
        }
    }
}
