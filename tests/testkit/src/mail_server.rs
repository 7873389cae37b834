//! A mail server that speaks enough SMTP for one mail a session, over TCP or TLS, and that fails as a test wants it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// How it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailMood {
    /// It takes mails.
    Takes,
    /// It says nothing at all.
    Hangs,
    /// It is busy: 450 to each recipient.
    IsBusy,
    /// It knows no such recipient: 550.
    Refuses,
    /// It wants a login that it does not get: 530.
    WantsALogin,
    /// It takes half of a mail, and the connection breaks.
    DropsInTheMail,
    /// It takes the whole mail, and the connection breaks before it says so.
    DropsBeforeItSaysSo,
}

/// A mail that it has taken, or half of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedMail {
    /// From whom, as the session says.
    pub from: String,
    /// To whom, as the session says.
    pub to: String,
    /// Its text, as it came.
    pub text: String,
    /// It was told to the sender that it is taken.
    pub said_so: bool,
}

impl ReceivedMail {
    /// A header's value, unfolded; empty where there is none.
    pub fn header(&self, name: &str) -> String {
        let (head, _) = self.text.split_once("\r\n\r\n").unwrap_or_default();
        let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let start = format!("{}: ", name.to_lowercase());
        let line = unfolded
            .lines()
            .find(|line| line.to_lowercase().starts_with(&start));
        line.map_or_else(String::new, |line| {
            line.chars().skip(start.len()).collect::<String>()
        })
    }
}

struct Shared {
    mood: Mutex<MailMood>,
    mails: Mutex<Vec<ReceivedMail>>,
}

/// The server, on a free port of this machine. It runs until the test's process ends.
#[derive(Clone)]
pub struct MailServer {
    /// Its port.
    pub port: u16,
    shared: Arc<Shared>,
}

impl MailServer {
    /// One without TLS.
    pub fn start() -> Self {
        Self::serving(None)
    }

    /// One that speaks TLS from the first byte on.
    pub fn start_tls(config: Arc<ServerConfig>) -> Self {
        Self::serving(Some(config))
    }

    fn serving(tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            mood: Mutex::new(MailMood::Takes),
            mails: Mutex::default(),
        });
        let server = Self { port, shared };
        let serving = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (shared, tls) = (Arc::clone(&serving.shared), tls.clone());
                // A client may end the connection at any moment.
                std::thread::spawn(move || stream.and_then(|it| talk(it, tls, &shared)).ok());
            }
        });
        server
    }

    /// From now on it answers so.
    pub fn set_mood(&self, mood: MailMood) {
        *self.shared.mood.lock().unwrap() = mood;
    }

    /// What it has taken.
    pub fn mails(&self) -> Vec<ReceivedMail> {
        self.shared.mails.lock().unwrap().clone()
    }
}

fn talk(stream: TcpStream, tls: Option<Arc<ServerConfig>>, shared: &Shared) -> std::io::Result<()> {
    match tls {
        None => session(stream, shared),
        Some(config) => {
            let connection = ServerConnection::new(config).unwrap();
            session(StreamOwned::new(connection, stream), shared)
        }
    }
}

fn session(stream: impl Read + Write, shared: &Shared) -> std::io::Result<()> {
    let mood = *shared.mood.lock().unwrap();
    if mood == MailMood::Hangs {
        std::thread::sleep(Duration::from_secs(120));
        return Ok(());
    }
    let mut lines = BufReader::new(stream);
    let say = |lines: &mut BufReader<_>, text: &str| write_line(lines.get_mut(), text);
    say(&mut lines, "220 mail.test ESMTP")?;
    let (mut from, mut to) = (String::new(), String::new());
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        let command = line.split([' ', ':']).next().unwrap_or_default();
        match command.to_uppercase().as_str() {
            "EHLO" => say(&mut lines, "250-mail.test\r\n250-8BITMIME\r\n250 SMTPUTF8")?,
            "MAIL" if mood == MailMood::WantsALogin => say(&mut lines, "530 5.7.0 log in")?,
            "MAIL" => {
                from = line.to_owned();
                say(&mut lines, "250 ok")?;
            }
            "RCPT" if mood == MailMood::IsBusy => say(&mut lines, "450 4.2.1 try later")?,
            "RCPT" if mood == MailMood::Refuses => say(&mut lines, "550 5.1.1 no such mailbox")?,
            "RCPT" => {
                to = line.to_owned();
                say(&mut lines, "250 ok")?;
            }
            "DATA" => {
                say(&mut lines, "354 go on")?;
                let Some(text) = read_mail(&mut lines, mood)? else {
                    return Ok(());
                };
                let said_so = mood != MailMood::DropsBeforeItSaysSo;
                let mail = ReceivedMail {
                    from: from.clone(),
                    to: to.clone(),
                    text,
                    said_so,
                };
                shared.mails.lock().unwrap().push(mail);
                if !said_so {
                    return Ok(());
                }
                say(&mut lines, "250 2.0.0 taken")?;
            }
            "QUIT" => return say(&mut lines, "221 bye"),
            _ => say(&mut lines, "250 ok")?,
        }
    }
}

/// The mail up to its dot; `None`: the connection is to break before.
fn read_mail(lines: &mut impl BufRead, mood: MailMood) -> std::io::Result<Option<String>> {
    let mut text = String::new();
    loop {
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        if mood == MailMood::DropsInTheMail && text.len() > 200 {
            return Ok(None);
        }
        if line == ".\r\n" {
            return Ok(Some(text));
        }
        // A dot at the start of a line is doubled on its way (RFC 5321, 4.5.2).
        text.push_str(line.strip_prefix("..").map_or(line.as_str(), |_| {
            line.strip_prefix('.').unwrap_or_default()
        }));
    }
}

fn write_line(stream: &mut impl Write, text: &str) -> std::io::Result<()> {
    stream.write_all(format!("{text}\r\n").as_bytes())?;
    stream.flush()
}
