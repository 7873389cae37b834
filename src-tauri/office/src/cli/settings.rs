//! `ringup-office settings`: what the shop shares between its tills, without the pages. What is done here is in the audit
//! list, too.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;
use strum::VariantArray as _;

use ringup_core::clock::UnixMs;
use ringup_core::shared_settings::{
    Document, MAX_DOCUMENT_BYTES, Own, Section, SharedSettings, read,
};
use ringup_office::store::{Act, Edit, NewVersion, ShareError, Store, VersionRow};

use super::{Failure, named, print, print_line};

/// Who did what is done on the command line.
const HERE: &str = "ringup-office";

#[derive(Debug, Subcommand)]
pub(super) enum SettingsCommand {
    /// The newest version, and what each till has of it
    Status {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Every version that is kept, newest first
    History {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Writes the settings as JSON, without PINs, into a file, or on standard output
    Export {
        /// The file
        file: Option<PathBuf>,
    },
    /// Makes the settings of such a file the shop's. Cashiers whom it names keep their PINs
    Import {
        /// The file, or `-` for standard input
        file: PathBuf,
    },
    /// Makes what a till has offered the shop's (at the till: Settings, Backup, *Offer this till's settings*)
    Take {
        /// The till's id, or its name
        till: String,
        /// Only these sections: items, taxes, cashiers, texts
        #[arg(long = "section")]
        sections: Vec<Section>,
    },
    /// Makes an old version the newest
    Back {
        /// Its number
        number: u64,
    },
    /// Lets tills change a section of their own, or not
    Local {
        /// items, taxes, cashiers or texts
        section: Section,
        /// `allowed` or `refused`
        switch: Switch,
    },
}

/// Whether tills may change their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Switch {
    /// A change stands until the office's next version of the section
    Allowed,
    /// What a till changes is put back
    Refused,
}

pub(super) async fn carry_out(
    command: &SettingsCommand,
    store: &Store,
    now: UnixMs,
) -> Result<ExitCode, Failure> {
    match command {
        SettingsCommand::Status { json } => status(store, *json).await?,
        SettingsCommand::History { json } => {
            for row in store.shared_history().await? {
                print(*json, &row, describe)?;
            }
        }
        SettingsCommand::Export { file } => export(store, file.as_deref()).await?,
        SettingsCommand::Import { file } => import(store, file, now).await?,
        SettingsCommand::Take { till, sections } => take(store, till, sections, now).await?,
        SettingsCommand::Back { number } => {
            let (seen, _) = newest(store).await?;
            let old = store.shared_version(Some(*number)).await?;
            let old = old.ok_or_else(|| format!("there is no version {number}"))?;
            share(
                store,
                seen,
                &old.settings(),
                Edit::TakenBack,
                &number.to_string(),
                now,
            )
            .await?;
        }
        SettingsCommand::Local { section, switch } => {
            let (seen, mut settings) = newest(store).await?;
            if settings.is_local(*section).is_none() {
                return Err(format!("{} are not shared", section.as_str()).into());
            }
            settings.set_local(*section, *switch == Switch::Allowed);
            share(
                store,
                seen,
                &settings,
                Edit::Switches,
                section.as_str(),
                now,
            )
            .await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn describe(row: &VersionRow) -> String {
    format!(
        "{}\t{}\t{} {}",
        row.number, row.made_by, row.note, row.about
    )
}

async fn newest(store: &Store) -> Result<(u64, SharedSettings), Failure> {
    let version = store.shared_version(None).await?;
    Ok(version.map_or_else(Default::default, |it| (it.row.number, it.settings())))
}

async fn share(
    store: &Store,
    seen: u64,
    settings: &SharedSettings,
    edit: Edit,
    about: &str,
    now: UnixMs,
) -> Result<(), Failure> {
    let note: &'static str = edit.into();
    let told = format!("{note} {about}");
    store
        .note(HERE, Act::SettingsShared, told.trim(), "", now)
        .await?;
    let new = NewVersion {
        seen,
        settings,
        by: HERE,
        edit,
        about,
    };
    let number = store.share(new, now).await.map_err(|error| match error {
        ShareError::Refused(refused) => {
            let lines: Vec<_> = refused.iter().map(ToString::to_string).collect();
            lines.join("\n")
        }
        other => other.to_string(),
    })?;
    print_line(&format!("the shared settings are at version {number}"));
    Ok(())
}

async fn status(store: &Store, json: bool) -> Result<(), Failure> {
    let number = store.shared_number().await?;
    let tills = store.tills().await?;
    let offers = store.settings_offers().await?;
    print(json, &json!({ "version": number }), |_| match number {
        0 => "nothing is shared yet".to_owned(),
        _ => format!("version {number}"),
    })?;
    for taken in store.till_settings().await? {
        let name = tills.iter().find(|it| it.till == taken.till);
        let name = name.map_or(taken.till.as_str(), |it| it.name.as_str());
        print(json, &taken, |taken| {
            let changed: Vec<_> = taken.changed.iter().map(|it| it.as_str()).collect();
            let mut line = format!("{name}\tversion {}", taken.number);
            if !changed.is_empty() {
                line.push_str(&format!("\tchanged: {}", changed.join(", ")));
            }
            for refused in &taken.refused {
                line.push_str(&format!("\n\trefused: {refused}"));
            }
            line
        })?;
    }
    for offer in offers {
        let name = tills.iter().find(|it| it.till == offer.till);
        let name = name.map_or(offer.till.as_str(), |it| it.name.as_str());
        let told = json!({ "offer": offer.till, "offered_at_unix_ms": offer.offered_at_unix_ms });
        print(json, &told, |_| format!("{name}\toffers its settings"))?;
    }
    Ok(())
}

async fn export(store: &Store, file: Option<&Path>) -> Result<(), Failure> {
    let (_, mut settings) = newest(store).await?;
    if let Some(cashiers) = &mut settings.cashiers {
        let people = std::mem::take(&mut cashiers.people).into_iter();
        cashiers.people = people.map(|it| it.without_pin()).collect();
    }
    let text = serde_json::to_string_pretty(&settings)?;
    let Some(file) = file else {
        print_line(&text);
        return Ok(());
    };
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    let mut whole = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    writeln!(whole, "{text}")?;
    whole.persist(file)?;
    Ok(())
}

async fn import(store: &Store, file: &Path, now: UnixMs) -> Result<(), Failure> {
    let most = u64::try_from(MAX_DOCUMENT_BYTES).unwrap_or(u64::MAX) + 1;
    let mut text = Vec::new();
    match file == Path::new("-") {
        true => std::io::stdin().take(most).read_to_end(&mut text)?,
        false => std::fs::File::open(file)?
            .take(most)
            .read_to_end(&mut text)?,
    };
    let (mut settings, refused) = read(&Document::parse(&text)?, &Own::default());
    if !refused.is_empty() {
        let lines: Vec<_> = refused.iter().map(ToString::to_string).collect();
        return Err(lines.join("\n").into());
    }
    let (seen, before) = newest(store).await?;
    // A file has no PINs: whoever stays keeps theirs.
    if let (Some(cashiers), Some(known)) = (&mut settings.cashiers, &before.cashiers) {
        for person in &mut cashiers.people {
            let known = known.people.iter().find(|it| it.name == person.name);
            if let Some(known) = known.filter(|_| !person.has_pin()) {
                person.keep_pin_of(known);
            }
        }
    }
    // A section that the file has not is left as it is.
    let mut whole = before;
    for section in Section::VARIANTS.iter().copied() {
        if settings.is_local(section).is_some() {
            whole.take_section(section, &settings);
        }
    }
    share(store, seen, &whole, Edit::Imported, "", now).await
}

async fn take(store: &Store, till: &str, sections: &[Section], now: UnixMs) -> Result<(), Failure> {
    let row = named(store, till).await?;
    let offers = store.settings_offers().await?;
    let offer = offers.into_iter().find(|it| it.till == row.till);
    let offer = offer.ok_or_else(|| format!("{} has offered nothing", row.name))?;
    let (offered, _) = read(&offer.document, &Own::default());
    let (seen, mut settings) = newest(store).await?;
    for section in Section::VARIANTS.iter().copied() {
        if sections.is_empty() || sections.contains(&section) {
            let local = settings.is_local(section).unwrap_or_default();
            settings.take_section(section, &offered);
            settings.set_local(section, local);
        }
    }
    share(store, seen, &settings, Edit::TakenFromTill, &row.name, now).await?;
    store.forget_offer(row.till.parse()?).await?;
    Ok(())
}
