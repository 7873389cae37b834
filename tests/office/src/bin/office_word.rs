//! `office-word`: folds a book to its end and sends the word that is due, unless it is ended at a named moment before. The
//! tests of word to the owner start it.

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;
use ringup_core::calendar::Zone;
use ringup_core::clock::{Clock, UnixMs};
use ringup_office::failpoints::{self, Failpoint};
use ringup_office::store::Store;
use ringup_office::word::{HookSecrets, MailServer, Sender, WordConfig};

#[derive(Parser)]
struct Arguments {
    /// The book's file, or the address of its database.
    book: String,
    /// What its clock says.
    #[arg(long)]
    now: i64,
    /// The mail server's port on this machine.
    #[arg(long)]
    mail_port: u16,
    /// The moment at which the process ends.
    #[arg(long)]
    end_at: Option<Failpoint>,
    /// How often that moment is passed before.
    #[arg(long, default_value_t = 0)]
    passes: u32,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let store = match arguments.book.starts_with("postgresql://") {
        true => Store::postgres(&arguments.book).await?,
        false => Store::sqlite(&PathBuf::from(&arguments.book)).await?,
    };
    if let Some(point) = arguments.end_at {
        failpoints::end_at(point, arguments.passes);
    }
    let now = UnixMs(arguments.now);
    let server = format!("smtp://127.0.0.1:{}", arguments.mail_port);
    let config = WordConfig {
        mail: Some(MailServer::read(&server, None, "till@shop.example")?),
        secrets: HookSecrets::new([7; 32]),
        networks: "127.0.0.0/8".parse()?,
    };
    store.fold_all(now).await?;
    let clock = Clock::from_fn(move || now);
    let zone = Zone::named("Europe/Berlin").ok_or("no zone")?;
    let sender = Sender::new(store, clock, config, "office.test:7443".to_owned(), zone);
    while sender.send_due().await? > 0 {}
    Ok(())
}
