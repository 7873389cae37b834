//! `office-loop --kills N --seed S [--postgres]`: kills the office and its database again and again (docs/crash-tests.md).

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use ringup_core::clock::Clock;
use ringup_office::certificate::Certificate;
use ringup_office::failpoints::{self, Failpoint};
use ringup_office::server::{Office, serve};
use ringup_office::store::Store;
use ringup_office::witness::Witness;

use office_tests::trial::{self, Options, book};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    child: Option<Role>,
    /// How many kills.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// Decides what happens and when the kills come.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The book is in a PostgreSQL, which is killed as well.
    #[arg(long)]
    postgres: bool,
    /// The office says that a batch is stored before it is, which the loop must notice.
    #[arg(long)]
    lie: bool,
}

#[derive(Subcommand)]
enum Role {
    /// The process that is killed; the loop starts it.
    Office(Child),
}

#[derive(clap::Args)]
struct Child {
    #[arg(long)]
    data: PathBuf,
    #[arg(long)]
    database: Option<String>,
    #[arg(long)]
    port: u16,
    #[arg(long)]
    end_at: Option<Failpoint>,
    #[arg(long, default_value_t = 0)]
    passes: u32,
    #[arg(long)]
    lie: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.child {
        Some(Role::Office(child)) => office(child).await,
        None => repeat(&arguments).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            writeln!(std::io::stderr(), "{error}").ok();
            ExitCode::FAILURE
        }
    }
}

async fn repeat(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let begun = std::time::Instant::now();
    let stats = trial::run(&Options {
        program: std::env::current_exe()?,
        kills: arguments.kills,
        seed: arguments.seed,
        postgres: arguments.postgres,
        lie: arguments.lie,
    })
    .await?;
    writeln!(
        std::io::stdout(),
        "{stats:#?}\n{} s",
        begun.elapsed().as_secs()
    )?;
    Ok(())
}

async fn office(child: &Child) -> Result<(), Box<dyn Error>> {
    let store = match &child.database {
        Some(url) => Store::postgres(url).await?,
        None => Store::sqlite(&book(&child.data)).await?,
    };
    let witness = Witness::open(&child.data.join("office.key"))?;
    let certificate = Certificate::own(&child.data.join("office.pem"))?;
    if let Some(point) = child.end_at {
        failpoints::end_at(point, child.passes);
    }
    if child.lie {
        failpoints::acknowledge_before_the_commit();
    }
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", child.port)).await?;
    writeln!(std::io::stdout(), "ready")?;
    let office = Office::new(store, witness, Clock::system());
    serve(office, listener, certificate.server_config()?).await;
    Ok(())
}
