//! Sends one mail. Its Message-ID is made of the delivery's id: a receiver that got it twice knows it by that.

use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{AsyncTransport as _, Message};

use super::content::MailText;
use super::mail_server::MailServer;
use super::retry::{Outcome, bounded};

/// The longest time for all of it. Less than a lease.
const WHOLE: Duration = Duration::from_secs(90);
/// Answers that say no for good, and yet are about the office's own login: whoever runs it may mend that.
const OWN_TROUBLE: [&str; 4] = ["530", "534", "535", "538"];

/// Sends it.
pub(super) async fn send(
    server: &MailServer,
    id: &str,
    to: &str,
    mail: &MailText,
    file: Option<(String, Vec<u8>)>,
) -> Outcome {
    let message = match message(server, id, to, mail, file) {
        Ok(message) => message,
        Err(error) => {
            return Outcome::Never {
                answer: bounded(error),
            };
        }
    };
    let transport = server.transport();
    match tokio::time::timeout(WHOLE, transport.send(message)).await {
        Ok(Ok(response)) => Outcome::Delivered {
            answer: bounded(format!(
                "{} {}",
                response.code(),
                response.first_line().unwrap_or_default()
            )),
        },
        Ok(Err(error)) => {
            let code = error.status().map(|code| code.to_string());
            let is_own = code.is_some_and(|code| OWN_TROUBLE.contains(&code.as_str()));
            match error.is_permanent() && !is_own {
                true => Outcome::Never {
                    answer: bounded(error),
                },
                false => Outcome::later(told(&error)),
            }
        }
        Err(_) => Outcome::later("the mail server did not answer in time"),
    }
}

/// An error and its innermost cause.
fn told(error: &lettre::transport::smtp::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(cause) = innermost.source() {
        innermost = cause;
    }
    let (whole, cause) = (error.to_string(), innermost.to_string());
    match whole.contains(&cause) {
        true => whole,
        false => format!("{whole}: {cause}"),
    }
}

fn message(
    server: &MailServer,
    id: &str,
    to: &str,
    mail: &MailText,
    file: Option<(String, Vec<u8>)>,
) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
    let domain = server.from.email.domain();
    // RFC 3834: no machine answers it.
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    let builder = Message::builder()
        .message_id(Some(format!("<{id}@{domain}>")))
        .from(server.from.clone())
        .to(Mailbox::new(None, to.parse()?))
        .subject(&mail.subject)
        .raw_header(HeaderValue::new(name, "auto-generated".to_owned()));
    let text = SinglePart::plain(mail.text.clone());
    Ok(match file {
        Some((name, pdf)) => {
            let pdf = Attachment::new(name).body(pdf, ContentType::parse("application/pdf")?);
            builder.multipart(MultiPart::mixed().singlepart(text).singlepart(pdf))?
        }
        None => builder.singlepart(text)?,
    })
}
